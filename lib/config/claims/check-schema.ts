/** Checks a claims schema before it is deployed: a schema must not contain anything that looks like a check but is none. */
import { checkedFormats, keywords, refusedKeywords } from './keywords.ts';
import { metaschemaProblems } from './metaschema.ts';
import { referenceProblems } from './references.ts';
import { nodesOf, type SchemaNode, type SchemaObject, type SchemaProblem } from './schema-nodes.ts';

const draft = 'https://json-schema.org/draft/2020-12/schema';

/** The problems of a schema, one per place. */
export function schemaProblems(schema: SchemaObject): SchemaProblem[] {
  const nodes = nodesOf(schema);
  const problems = [
    ...nodes.flatMap((node) => Object.keys(node.keywords).flatMap((name) => keywordProblems(node, name))),
    ...metaschemaProblems(schema),
    ...referenceProblems(nodes),
  ];
  const byPlace = new Map(problems.toReversed().map((problem) => [JSON.stringify(problem.path), problem]));
  return [...byPlace.values()].reverse();
}

function keywordProblems({ path, keywords: schema }: SchemaNode, name: string): SchemaProblem[] {
  const message =
    unknownKeyword(name) ?? withoutEffect(schema, name) ?? valueProblem(name, schema[name], path.length === 0);
  const own = message === undefined ? [] : [{ path: [...path, name], message }];
  return name === 'patternProperties' ? [...own, ...namePatterns(path, schema[name])] : own;
}

function unknownKeyword(name: string): string | undefined {
  if (keywords.has(name)) return undefined;
  return refusedKeywords.get(name) ?? 'is not a keyword of JSON Schema 2020-12: correct it or take it out';
}

/** A keyword without effect at its place looks like a check, but checks nothing. */
function withoutEffect(schema: SchemaObject, name: string): string | undefined {
  const { about, needs } = keywords.get(name) ?? {};
  if (needs !== undefined && !needs.some((other) => Object.hasOwn(schema, other))) {
    return `has no effect without ${needs.join(' or ')}`;
  }
  const type = schema['type'];
  if (about === undefined || type === undefined) return undefined;
  const types = (Array.isArray(type) ? type : [type]).map((one) => (one === 'integer' ? 'number' : one));
  return types.includes(about) ? undefined : `has no effect on type ${types.join(' or ')}: it is about ${about}s`;
}

function valueProblem(name: string, value: unknown, isTop: boolean): string | undefined {
  if (name === '$schema') {
    if (!isTop) return 'must be at the top of the schema only';
    return value === draft ? undefined : `must be ${draft}`;
  }
  if (typeof value !== 'string') return undefined;
  if (name === 'pattern') return patternProblem(value);
  if (name !== 'format' || checkedFormats.some((format) => format === value)) return undefined;
  return `must be a format that is checked: ${checkedFormats.join(', ')}`;
}

function namePatterns(path: SchemaNode['path'], value: unknown): SchemaProblem[] {
  return Object.keys(typeof value === 'object' && value !== null ? value : {}).flatMap((pattern) => {
    const message = patternProblem(pattern);
    return message === undefined ? [] : [{ path: [...path, 'patternProperties', pattern], message }];
  });
}

/** Some patterns turn out to be too large only at their first use, separately for each width of characters. */
function patternProblem(pattern: string): string | undefined {
  try {
    const expression = new RegExp(pattern, 'u');
    for (const text of ['', 'a', '\u20ac']) expression.test(text);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(': ').at(-1) : 'unreadable';
    return `must be a regular expression of ECMAScript with the flag u (${reason})`;
  }
}
