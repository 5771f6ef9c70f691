/** The environment's configuration beside a function's bundle. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Environment, environmentSchema } from './environment.ts';

/** Reads the file that the stack has validated and written. Relative names are relative to the bundle. */
export function readBundledEnvironment(file: string): Environment {
  const path = resolve(process.env['LAMBDA_TASK_ROOT'] ?? '.', file);
  return environmentSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
