/** Hints about rules that are valid, but may not do what their author expects. */
import jsonata from 'jsonata';
import type { RuleSettings } from '../settings.ts';
import type { RuleProblem } from './check-rules.ts';
import { isNode, nodesOf, type SyntaxNode } from './expression-tree.ts';
import { programsNamed } from './programs-named.ts';
import { requestParts } from './request-parts.ts';

/** Whether a claim of a program is a list. */
export type IsListClaim = (program: string, claim: string) => boolean;

/** Functions that give one value in place of a list of one. */
const collapsing = new Set(['map', 'filter', 'each', 'distinct', 'match']);

/** The hints about a source's rules. */
export function ruleHints(rules: readonly RuleSettings[], isListClaim: IsListClaim): RuleProblem[] {
  return rules.flatMap((rule, index) => [
    ...(['when', ...requestParts] as const).flatMap((part) =>
      expressionHints(rule[part]).map((message) => ({ path: [index, part], message })),
    ),
    ...listHints(rule, isListClaim).map((message) => ({ path: [index, 'claims'], message })),
  ]);
}

/** The hints about one expression. */
export function expressionHints(text: string | undefined): string[] {
  if (text === undefined) return [];
  const nodes = nodesOf(treeOf(text));
  return [...new Set([...nodes.flatMap((node) => hyphenHint(node, text)), ...existsHints(nodes)])];
}

function treeOf(text: string): SyntaxNode {
  return jsonata(text).ast() as SyntaxNode;
}

/** A minus between two names without spaces. */
function hyphenHint({ type, value, position, ...node }: SyntaxNode, text: string): string[] {
  if (type !== 'binary' || value !== '-' || typeof position !== 'number') return [];
  const [left, right] = [nameAt(node['lhs'], -1), nameAt(node['rhs'], 0)];
  if (left === undefined || right === undefined || !/^\w-\w$/.test(text.slice(position - 2, position + 1))) return [];
  const name = `${left}-${right}`;
  return [`reads ${name} as a subtraction: write the name in backticks (\`${name}\`), or put spaces around the minus`];
}

/** The first or the last name of a path; of a subtraction before this one, the last. */
function nameAt(node: unknown, index: 0 | -1): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'binary') return nameAt(node['rhs'], index);
  const step: unknown = Array.isArray(node['steps']) ? node['steps'].at(index) : undefined;
  return isNode(step) && step.type === 'name' && typeof step.value === 'string' ? step.value : undefined;
}

function existsHints(nodes: readonly SyntaxNode[]): string[] {
  const comparesNull = nodes.some(({ type, value }) => type === 'value' && value === null);
  const asks = nodes.some((node) => calls(node) === 'exists');
  return asks && !comparesNull
    ? ['uses $exists, which is true for null: write x != null if null is to count as missing']
    : [];
}

function calls({ type, procedure }: SyntaxNode): string | undefined {
  return type === 'function' && isNode(procedure) && typeof procedure.value === 'string' ? procedure.value : undefined;
}

function listHints({ program, claims }: RuleSettings, isListClaim: IsListClaim): string[] {
  const programs = programsNamed(treeOf(program)) ?? [];
  return membersOf(treeOf(claims))
    .filter(({ name, value }) => mayCollapse(value) && programs.some((one) => isListClaim(one, name)))
    .map(({ name }) => `gives ${name} as one value, not as a list, if there is only one: write [ … ] around it`);
}

/** The members of an object that an expression writes. */
function membersOf(tree: SyntaxNode): { name: string; value: SyntaxNode }[] {
  if (tree.type !== 'unary' || tree.value !== '{' || !Array.isArray(tree['lhs'])) return [];
  return tree['lhs'].flatMap((pair: unknown) => {
    const [name, value] = Array.isArray(pair) ? pair : [];
    return isNode(name) && typeof name.value === 'string' && isNode(value) ? [{ name: name.value, value }] : [];
  });
}

/** A single name gives its list as it is; a path, a filter and some functions make a new one. */
function mayCollapse(node: SyntaxNode): boolean {
  if (node.type === 'function') return collapsing.has(calls(node) ?? '');
  const { steps } = node;
  if (node.type !== 'path' || node['keepSingletonArray'] === true || !Array.isArray(steps)) return false;
  return steps.length > 1 || (isNode(steps[0]) && 'stages' in steps[0]);
}
