/** Resolves the references of a schema: each must lead to a schema of the same document, and not back to itself. */
import { keywords } from './keywords.ts';
import { heldBy, isObject, type SchemaNode, type SchemaObject, type SchemaProblem } from './schema-nodes.ts';

export function referenceProblems(nodes: readonly SchemaNode[]): SchemaProblem[] {
  const byPointer = new Map(nodes.map((node) => [pointerOf(node), node.keywords]));
  const target = (schema: SchemaObject) => byPointer.get(placeNamed(schema['$ref']) ?? '');
  return nodes.flatMap(({ path, keywords: schema }) => {
    const reference = schema['$ref'];
    if (typeof reference !== 'string') return [];
    const refuse = (message: string) => [{ path: [...path, '$ref'], message }];
    if (placeNamed(reference) === undefined) {
      return refuse('must refer to a schema of the same document by its place, such as #/$defs/name');
    }
    if (target(schema) === undefined) return refuse('leads nowhere: there is no schema at this place');
    return leadsBack(schema, target) ? refuse('leads back to itself without going into the claims: it has no end') : [];
  });
}

function pointerOf({ path }: SchemaNode): string {
  return path.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The JSON pointer in a reference; undefined for anything else. */
function placeNamed(reference: unknown): string | undefined {
  if (typeof reference !== 'string' || !/^#(?:$|\/)/.test(reference)) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
}

/** Whether checking a value against `start` leads to checking the same value against `start` again. */
function leadsBack(start: SchemaObject, target: (schema: SchemaObject) => SchemaObject | undefined): boolean {
  const seen = new Set<SchemaObject>();
  const pending = samePlace(start, target);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...samePlace(next, target));
  }
  return false;
}

function samePlace(schema: SchemaObject, target: (schema: SchemaObject) => SchemaObject | undefined): SchemaObject[] {
  const held = heldBy(schema, (name) => keywords.get(name)?.inPlace === true).map(({ value }) => value);
  return [...held, schema['$ref'] === undefined ? undefined : target(schema)].filter(isObject);
}
