/** Reads the file of an event and of its headers. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { UsageError } from '../command-line/usage-error.ts';

export interface EventFile {
  body: Buffer;
  /** Headers as they would be sent, names in any case. */
  headers: Record<string, string>;
}

/** Headers are read from FILE.headers.json beside the event if no file is named. Throws UsageError. */
export function readEventFile(event: string, headers?: string): EventFile {
  return { body: readFile(event), headers: readHeaders(headers, event) };
}

function readFile(path: string): Buffer {
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}`);
  if (!statSync(path).isFile()) throw new UsageError(`${path} is not a file`);
  return readFileSync(path);
}

function readHeaders(named: string | undefined, event: string): Record<string, string> {
  const beside = event.replace(/\.\w+$/, '.headers.json');
  const file = named ?? (beside !== event && existsSync(beside) ? beside : undefined);
  if (file === undefined) return {};
  const headers = parse(readFile(file).toString('utf8'));
  const usable = typeof headers === 'object' && headers !== null && !Array.isArray(headers);
  if (!usable || !Object.values(headers).every((value) => typeof value === 'string')) {
    throw new UsageError(`${file} must be a JSON object of strings`);
  }
  return headers as Record<string, string>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
