/**
 * How long each bundle takes to load in a fresh process, as a multiple of a bundle that holds one AWS client alone;
 * `npm run bench:cold-start`. The start-up phase of a function is billed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildFunctions, functionNames, placeBundles } from '../cdk/bundle.ts';
import { functionEnvironments } from '../lib/config/function-environment.ts';
import { loadEnvironment } from '../lib/config/load-environment.ts';

const rounds = 15;
/** What a bundle may take, as a multiple of the one client. */
const budget = 2.5;

/** Variables a function needs to load; nothing is called, so any text serves, and a number is text too. */
const variables = Object.fromEntries(
  Object.values(functionEnvironments).flatMap((schema) => Object.keys(schema.shape).map((name) => [name, '1'])),
);

async function oneClient(folder: string): Promise<string> {
  const entry = join(folder, 'client.ts');
  writeFileSync(
    entry,
    `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nexport const client = new DynamoDBClient({});\n`,
  );
  const outfile = join(folder, 'client.cjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    nodePaths: [join(import.meta.dirname, '../node_modules')],
  });
  return outfile;
}

/** Milliseconds to load a file in a process of its own. */
function load(file: string, taskRoot: string): number {
  const script = `const t = process.hrtime.bigint(); require(${JSON.stringify(file)}); console.log(Number(process.hrtime.bigint() - t) / 1e6);`;
  const env = {
    ...variables,
    ENVIRONMENT_FILE: 'environment.json',
    LAMBDA_TASK_ROOT: taskRoot,
    AWS_REGION: 'eu-west-1',
    POWERTOOLS_SERVICE_NAME: 'bench',
    POWERTOOLS_METRICS_NAMESPACE: 'bench',
  };
  const output = execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
  return Number(output.trim().split('\n').at(-1));
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

await buildFunctions();
const folder = mkdtempSync(join(tmpdir(), 'cold-start-'));
const placed = placeBundles(loadEnvironment('dev'), undefined, join(folder, 'functions'));
writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
const files = new Map([['one client', await oneClient(folder)]]);
for (const name of functionNames) files.set(name, join(placed, name, 'index.js'));

// In turn, so that a busy moment of the machine falls on all alike.
const times = new Map([...files.keys()].map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, file] of files) times.get(name)?.push(load(file, join(placed, name)));
}
const base = median(times.get('one client') ?? []);
console.log(`Import in a fresh process, median of ${rounds}; budget ${budget} times one client alone`);
for (const [name, taken] of times) {
  const ratio = median(taken) / base;
  console.log(
    `${name.padEnd(20)} ${median(taken).toFixed(0).padStart(4)} ms  ${ratio.toFixed(2)}${ratio > budget ? '  OVER' : ''}`,
  );
}
