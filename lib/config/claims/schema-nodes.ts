/** Finds all schemas within a schema, with their places. */
import { keywords } from './keywords.ts';

export type Path = readonly string[];
export type SchemaObject = Readonly<Record<string, unknown>>;

/** A schema within a schema. The schemas `true` and `false` have no keywords. */
export interface SchemaNode {
  path: Path;
  keywords: SchemaObject;
}

/** A problem at a place of a schema. */
export interface SchemaProblem {
  path: Path;
  message: string;
}

export function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema itself and all schemas below it, including malformed schemas. */
export function nodesOf(schema: unknown): SchemaNode[] {
  const nodes: SchemaNode[] = [];
  const pending: { path: Path; value: unknown }[] = [{ path: [], value: schema }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, value } = next;
    if (isObject(value))
      pending.push(
        ...heldBy(value)
          .toReversed()
          .map((held) => ({ ...held, path: [...path, ...held.path] })),
      );
    if (isObject(value) || typeof value === 'boolean') nodes.push({ path, keywords: isObject(value) ? value : {} });
  }
  return nodes;
}

/** The schemas directly below a schema; with `only`, those of the named keywords. */
export function heldBy(
  schema: SchemaObject,
  only: (keyword: string) => boolean = () => true,
): { path: Path; value: unknown }[] {
  return Object.entries(schema).flatMap(([name, value]) => {
    const holds = keywords.get(name)?.holds;
    if (holds === undefined || !only(name)) return [];
    if (holds === 'one') return [{ path: [name], value }];
    if (holds === 'list')
      return Array.isArray(value) ? value.map((one, index) => ({ path: [name, String(index)], value: one })) : [];
    return isObject(value) ? Object.entries(value).map(([key, one]) => ({ path: [name, key], value: one })) : [];
  });
}
