/** Functions run from their bundles, in the environment Lambda would give them, and fail as they do there. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { functionEnvironment } from '../src/functions/function-environment.ts';
import { FunctionHost } from '../src/functions/function-host.ts';
import type { FunctionPlan } from '../src/template/plan-functions.ts';

const folder = mkdtempSync(join(tmpdir(), 'functions-'));
// A project above the assembly that is made of ES modules, as this one is.
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
const endpoints = { tables: 'http://127.0.0.1:1', messages: 'http://127.0.0.1:2', services: 'http://127.0.0.1:3' };
const hosts: FunctionHost[] = [];
const log = new PassThrough();
let number = 0;

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});
afterAll(() => rmSync(folder, { recursive: true }));

function plan(code: string, more: Partial<FunctionPlan> = {}): FunctionPlan {
  const own = mkdtempSync(join(folder, 'asset-'));
  const bundle = join(own, 'index.js');
  writeFileSync(bundle, code);
  number += 1;
  const name = `f${number}`;
  const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
  const limits = { timeoutMs: 5_000, memoryMb: 256 };
  return {
    name,
    arn,
    logicalId: name,
    folder: own,
    bundle,
    exportName: 'handler',
    environment: {},
    roleArn: `arn:aws:iam::000000000000:role/${name}`,
    logGroup: undefined,
    ...limits,
    ...more,
  };
}

async function started(one: FunctionPlan, threads = 1): Promise<(event?: unknown) => Promise<unknown>> {
  const environment = (of: FunctionPlan) => functionEnvironment(of, endpoints, 'us-east-1');
  const host = new FunctionHost([one], { environment, log: () => log, threads: { [one.name]: threads } });
  hosts.push(host);
  await host.start();
  return (event) => host.invoke(one.arn, event);
}

describe('a function', () => {
  it('sees the template’s variables, Lambda’s own, and none of this machine', async () => {
    const invoke = await started(plan('exports.handler = async () => process.env;', { environment: { MINE: 'x' } }));
    const seen = (await invoke()) as Record<string, string>;
    expect(seen).toMatchObject({
      MINE: 'x',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.tables,
      AWS_ENDPOINT_URL_SQS: endpoints.messages,
      AWS_ENDPOINT_URL_SFN: endpoints.services,
      AWS_ENDPOINT_URL: endpoints.services,
    });
    expect(Object.keys(seen).filter((name) => name !== 'MINE' && !/^(AWS_|LAMBDA_TASK_ROOT$|TZ$)/.test(name))).toEqual(
      [],
    );
  });

  it('gets a context, and its event and result as JSON', async () => {
    const code = `exports.handler = async (event, context) => ({
      event, name: context.functionName, id: context.awsRequestId, arn: context.invokedFunctionArn,
      memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis(), gone: undefined, date: new Date(0),
    });`;
    const one = plan(code);
    const result = (await (await started(one))({ a: 1, b: undefined })) as Record<string, unknown>;
    expect(result).toMatchObject({ event: { a: 1 }, name: one.name, arn: one.arn, memory: '256' });
    expect(result['date']).toBe('1970-01-01T00:00:00.000Z');
    expect(result['id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(result['left']).toBeLessThanOrEqual(5_000);
    expect(result).not.toHaveProperty('gone');
  });

  it('interleaves invocations in one thread', async () => {
    const code = `let running = 0; let most = 0;
      exports.handler = async () => {
        most = Math.max(most, ++running);
        await new Promise((done) => setTimeout(done, 100));
        running -= 1;
        return most;
      };`;
    const invoke = await started(plan(code));
    expect(Math.max(...((await Promise.all(Array.from({ length: 20 }, () => invoke()))) as number[]))).toBe(20);
  });

  it('is spread over as many threads as wanted', async () => {
    const code = `const { threadId } = require('node:worker_threads');
      exports.handler = () => new Promise((done) => setTimeout(done, 100, threadId));`;
    const invoke = await started(plan(code), 2);
    expect(new Set(await Promise.all(Array.from({ length: 6 }, () => invoke()))).size).toBe(2);
  });

  it('writes its output to the log and not to the terminal', async () => {
    const file = join(folder, 'log');
    log.on('data', (chunk: Buffer) => writeFileSync(file, chunk, { flag: 'a' }));
    const invoke = await started(plan('exports.handler = async () => { console.log("said this"); };'));
    expect(await invoke()).toBeNull();
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('said this');
  });
});

describe('a function that fails', () => {
  it('rejects with the error’s type and message', async () => {
    const invoke = await started(plan('exports.handler = async () => { throw new RangeError("too far"); };'));
    const failure = { name: 'RangeError', errorType: 'RangeError', errorMessage: 'too far' };
    await expect(invoke()).rejects.toMatchObject(failure);
  });

  it.each([
    ['hangs', 'await new Promise(() => undefined)'],
    ['never yields', 'for (;;);'],
  ])('ends with Sandbox.Timedout when it %s, and works again afterwards', async (_, hang) => {
    const code = `exports.handler = async (event) => { if (event.hang) { ${hang} } return 'fine'; };`;
    const invoke = await started(plan(code, { timeoutMs: 500 }));
    await expect(invoke({ hang: true })).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 0.50 seconds$/),
    });
    expect(await invoke({})).toBe('fine');
  });

  it.each([
    ['exits', 'process.exit(3)', 'Runtime.ExitError'],
    ['throws outside of its handler', 'setImmediate(() => { throw new Error("lost") })', 'Runtime.UnhandledError'],
  ])('fails every invocation under way when it %s, and works again afterwards', async (_, crash, type) => {
    const code = `exports.handler = async (event) => {
      if (event.crash) { ${crash}; }
      if (event.crash || event.wait) await new Promise(() => undefined);
      return 'fine';
    };`;
    const invoke = await started(plan(code));
    const failed = await Promise.allSettled([invoke({ wait: true }), invoke({ crash: true })]);
    for (const one of failed) expect(one).toMatchObject({ status: 'rejected', reason: { errorType: type } });
    expect(await invoke({})).toBe('fine');
  });

  it.each([
    ['throws at load', 'throw new Error("no configuration");', 'no configuration'],
    ['exits at load', 'process.exit(4);', 'exit code 4'],
    ['has no handler', 'exports.other = 1;', 'exports no function handler'],
    ['is no JavaScript', 'export {{', 'SyntaxError'],
  ])('stops the start with its name when it %s', async (_, code, reason) => {
    const one = plan(code);
    await expect(started(one)).rejects.toThrow(new RegExp(`function ${one.name} does not start.*${reason}`));
  });

  it('is not found under another name', async () => {
    const host = new FunctionHost([], { environment: () => ({}), log: () => log });
    await expect(host.invoke('nothing', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
