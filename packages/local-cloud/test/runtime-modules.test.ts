/** A bundle finds the AWS SDK as it does in Lambda, and nothing else that is not in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { FunctionHost } from '../src/functions/function-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'runtime-modules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function hostOf(file: string, code: string): FunctionHost {
  const bundle = join(folder, file);
  writeFileSync(bundle, code);
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:one';
  const limits = { environment: {}, timeoutMs: 10_000, memoryMb: 128 };
  const permissions = { roleArn: 'arn:aws:iam::000000000000:role/one', logGroup: undefined };
  const plan = { name: 'one', arn, logicalId: 'One', folder, bundle, exportName: 'handler', ...limits, ...permissions };
  return new FunctionHost([plan], { environment: () => ({}), log: () => new PassThrough().resume() });
}

const answer = 'async () => typeof SQSClient';

it.each([
  ['index.js', `const { SQSClient } = require('@aws-sdk/client-sqs'); exports.handler = ${answer};`],
  ['index.mjs', `import { SQSClient } from '@aws-sdk/client-sqs'; export const handler = ${answer};`],
])('the SDK of the runtime: %s', async (file, code) => {
  const host = hostOf(file, code);
  try {
    await host.start();
    expect(await host.invoke('one', {})).toBe('function');
  } finally {
    await host.stop();
  }
});

it.each([
  ['other.js', "require('vitest'); exports.handler = () => 1;"],
  ['other.mjs', "import 'vitest'; export const handler = () => 1;"],
])('any other module that the bundle leaves out is missing, as in Lambda: %s', async (file, code) => {
  const host = hostOf(file, code);
  try {
    await expect(host.start()).rejects.toThrow('vitest');
  } finally {
    await host.stop();
  }
});
