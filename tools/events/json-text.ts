/** Edits the text of an event and leaves all else in it as it was: numbers, spaces and order. */
import { applyEdits, modify, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { JsonPath } from './json-path.ts';

/** A string, number, boolean or null of an event. */
export interface Leaf {
  path: JsonPath;
  value: string | number | boolean | null;
  /** The value as it is written. */
  raw: string;
  offset: number;
}

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** Deeper events are refused by the endpoint. */
const mostLevels = 64;

/** Undefined if the text is not JSON, or too deep. */
export function treeOf(text: string): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text, errors, strict);
    return errors.length > 0 ? undefined : tree;
  } catch (error) {
    // Thousands of levels exhaust the stack of the parser.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** All leaves in the order of the text; none if it is not JSON. */
export function leavesOf(text: string): Leaf[] {
  const tree = treeOf(text);
  return tree === undefined ? [] : walk(tree, [], text);
}

function walk(node: Node, path: JsonPath, text: string): Leaf[] {
  if (path.length > mostLevels) return [];
  const { children = [], offset, length } = node;
  if (node.type === 'array') return children.flatMap((child, index) => walk(child, [...path, index], text));
  if (node.type === 'object') {
    return children.flatMap(({ children: [name, value] = [] }) =>
      name && value ? walk(value, [...path, String(name.value)], text) : [],
    );
  }
  return [{ path, value: node.value as Leaf['value'], raw: text.slice(offset, offset + length), offset }];
}

/** Replaces leaves by other JSON values, given as they are written. */
export function replaceLeaves(text: string, changes: readonly { leaf: Leaf; raw: string }[]): string {
  const edits = changes.map(({ leaf, raw }) => ({ offset: leaf.offset, length: leaf.raw.length, content: raw }));
  return applyEdits(text, edits);
}

/** Sets a member, which is created if it is missing. The objects around it keep their format. */
export function setMember(text: string, path: JsonPath, value: unknown): string {
  const formattingOptions = { tabSize: 2, insertSpaces: true, eol: '\n' };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}
