/** Reads JSON files of an earlier run. */
import { existsSync, readFileSync } from 'node:fs';

/** The content of a file, or undefined if there is none. Errors name the file. */
export function readTextFile(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}

/** The parsed content, or undefined if there is no such file. Throws an error that names the file if it is damaged. */
export function readJsonFile(path: string): unknown {
  const text = readTextFile(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

/** The message of a start for a file or folder that an embedded service cannot open; the services do not name it. */
export function cannotOpen(path: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`${path} cannot be opened (${reason}): restore it, or remove it and lose what it holds`, { cause });
}

/** The message of a start for a file that it cannot use. The parser's own message may repeat a secret. */
export function damaged(path: string, cause?: unknown): Error {
  return new Error(`${path} is damaged: restore it, or remove it and lose what it holds`, { cause });
}
