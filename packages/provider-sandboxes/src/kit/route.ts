/** Finds the operation for a method and a path. */
import type { Operation } from './operation.ts';

/** An operation and the decoded parameters of its path. */
export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const segment = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== segment) return undefined;
      continue;
    }
    const value = decode(segment);
    if (value === undefined || value === '') return undefined;
    params[part.slice(1)] = value;
  }
  return params;
}

/** The first operation that matches, or undefined. */
export function findRoute(operations: readonly Operation[], method: string, path: string): Match | undefined {
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const params = matchPath(operation.path, path);
    if (params !== undefined) return { operation, params };
  }
  return undefined;
}
