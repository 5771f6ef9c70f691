/** The syntax tree of an expression, as far as it is checked before it is deployed. */

/** A node as JSONata's parser creates it. */
export interface SyntaxNode {
  type: string;
  value?: unknown;
  [member: string]: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Every node of a tree. The parser links some nodes to each other, so each is visited once. */
export function nodesOf(tree: SyntaxNode): SyntaxNode[] {
  const seen = new Set<object>();
  const nodes: SyntaxNode[] = [];
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null || next instanceof RegExp || seen.has(next)) continue;
    seen.add(next);
    if (isNode(next)) nodes.push(next);
    pending.push(...Object.values(next));
  }
  return nodes;
}
