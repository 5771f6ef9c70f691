/** A folder of TypeScript files that are compiled as a careful user would: `strict`, and as ES modules of Node. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const resolvePath = createRequire(import.meta.url).resolve;

const compilerOptions = {
  strict: true,
  skipLibCheck: true,
  module: 'nodenext',
  target: 'es2024',
  lib: ['es2024', 'dom', 'dom.iterable'],
  types: ['node'],
  noEmit: true,
  allowImportingTsExtensions: true,
};

/** Runs the command of an installed package and gives what it printed; fails unless it exits with 0. */
export async function runTool(cwd: string, name: string, command: string, ...args: string[]): Promise<string> {
  const file = join(dirname(resolvePath(`${name}/package.json`)), command);
  // A linter that reports its use, or looks for updates, would reach the network.
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  const options = { cwd, env: { ...process.env, ...quiet } };
  return (await promisify(execFile)(process.execPath, [file, ...args], options)).stdout;
}

export interface StrictFolder {
  path: string;
  /** What the compiler says of a file with this text; empty when all is well. */
  compile(file: string, text: string): Promise<string>;
  remove(): void;
}

/** Inside the repository, so that packages are found. */
export function strictFolder(): StrictFolder {
  mkdirSync(join(root, 'build'), { recursive: true });
  const path = mkdtempSync(join(root, 'build/strict-'));
  writeFileSync(join(path, 'package.json'), '{ "type": "module" }\n');
  return {
    path,
    compile(file, text) {
      writeFileSync(join(path, file), text);
      writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
      const ended = runTool(path, 'typescript', 'bin/tsc', '--project', path);
      return ended.catch(({ stdout }: { stdout?: string }) => stdout ?? 'the compiler did not run');
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
