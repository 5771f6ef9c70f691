/** The tables of businesses in which holders are looked up: the worker may read exactly these. */
import type { Environment } from './environment.ts';

/** Names or ARNs, each once. */
export function directoryTables({ sources }: Pick<Environment, 'sources'>): string[] {
  const tables = Object.values(sources).flatMap(({ lookup }) => (lookup?.type === 'dynamodb' ? [lookup.table] : []));
  return [...new Set(tables)];
}
