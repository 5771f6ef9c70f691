/** `--override path=value`: changes members of an event before it is sent. */
import type { Node } from 'jsonc-parser';
import { UsageError } from '../command-line/usage-error.ts';
import { type JsonPath, readPath, writePath } from '../events/json-path.ts';
import { setMember, treeOf } from '../events/json-text.ts';

export interface Override {
  path: JsonPath;
  value: unknown;
}

/** The value is JSON, or else a string. Throws UsageError; its message does not repeat the value. */
export function readOverride(text: string): Override {
  const read = readPath(text);
  if (read === undefined || !read.rest.startsWith('=')) {
    const what = read === undefined ? 'must begin with a path' : `has no = after ${writePath(read.path)}`;
    throw new UsageError(`--override ${what}: write path=value, such as data.lines[0].plan=plus`);
  }
  const value = read.rest.slice(1);
  try {
    return { path: read.path, value: JSON.parse(value) };
  } catch {
    return { path: read.path, value };
  }
}

/** The event with all overrides, later ones last. Throws UsageError if a path does not fit the event. */
export function applyOverrides(text: string, overrides: readonly Override[]): string {
  return overrides.reduce((changed, { path, value }) => setMember(changed, indexed(changed, path), value), text);
}

/** The path with the indexes that were typed as names. */
function indexed(text: string, path: JsonPath): JsonPath {
  let node = treeOf(text);
  if (node === undefined) throw new UsageError('--override needs an event in JSON');
  const fitted: (string | number)[] = [];
  for (const step of path) {
    fitted.push(stepInto(node, step, writePath(fitted)));
    node = childOf(node, fitted.at(-1));
  }
  return fitted;
}

/** A missing member has no node: what lies below it will be created. */
function stepInto(node: Node | undefined, step: string | number, parent: string): string | number {
  const where = parent === '' ? 'the event' : parent;
  if (node === undefined || node.type === 'object') return node === undefined ? step : String(step);
  if (node.type !== 'array') throw new UsageError(`--override: ${where} has no members: it is a ${node.type}`);
  const index = /^\d{1,6}$/.test(String(step)) ? Number(step) : undefined;
  const length = node.children?.length ?? 0;
  if (index === undefined) throw new UsageError(`--override: ${where} is an array: write ${parent}[0]`);
  if (index > length) throw new UsageError(`--override: ${where} has only ${length} elements`);
  return index;
}

function childOf(node: Node | undefined, step: string | number | undefined): Node | undefined {
  if (typeof step === 'number') return node?.children?.[step];
  return node?.children?.find(({ children }) => children?.[0]?.value === step)?.children?.[1];
}
