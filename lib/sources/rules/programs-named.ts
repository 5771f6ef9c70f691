/** The programs that an expression can name. */
import { isNode, type SyntaxNode } from './expression-tree.ts';

/** Every name to which it can evaluate, or undefined if that depends on the event. */
export function programsNamed(node: unknown): string[] | undefined {
  if (!isNode(node)) return undefined;
  switch (node.type) {
    case 'string':
      return typeof node.value === 'string' ? [node.value] : undefined;
    case 'condition':
      return bothOf(node);
    case 'block':
      return programsNamed(Array.isArray(node['expressions']) ? node['expressions'].at(-1) : undefined);
    default:
      return undefined;
  }
}

function bothOf(node: SyntaxNode): string[] | undefined {
  const chosen = programsNamed(node['then']);
  const otherwise = programsNamed(node['else']);
  return chosen === undefined || otherwise === undefined ? undefined : [...chosen, ...otherwise];
}
