/** Builds the package that is installed elsewhere: JavaScript and declarations in dist/, with a package.json of its own. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const here = import.meta.dirname;
const dist = join(here, 'dist');
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '--project', join(here, 'tsconfig.build.json')], { stdio: 'inherit' });

const { name, version, description, license, type, dependencies } = JSON.parse(
  readFileSync(join(here, 'package.json'), 'utf8'),
);
const exports = { '.': { types: './index.d.ts', default: './index.js' } };
const manifest = { name, version, description, license, type, engines: { node: '>=22' }, exports, dependencies };
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
