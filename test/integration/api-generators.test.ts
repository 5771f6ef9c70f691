/** Common tools take the OpenAPI document: a linter and two generators, whose clients compile under `strict`. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTool, type StrictFolder, strictFolder } from '../fakes/strict-compiler.ts';

const document = join(import.meta.dirname, '../../functions/trigger/openapi.json');
let folder: StrictFolder;

beforeAll(() => {
  folder = strictFolder();
});
afterAll(() => folder.remove());

const claims = "{ kycVerified: true, levels: ['basic', 1, null], nested: { deep: { deeper: false } } }";
const body = `{ program: 'kyc', holder: 'ada@example.com', claims: ${claims}, occurredAt: '2026-11-20T09:30:00Z' }`;

test('redocly lint finds neither an error nor a warning', async () => {
  const found = await runTool(folder.path, '@redocly/cli', 'bin/cli.js', 'lint', document, '--format=json');
  expect(JSON.parse(found)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 }, problems: [] });
});

describe('openapi-typescript', () => {
  const usage = (request: string) => `import type { components, operations } from './types.ts';
    export const body: components['schemas']['IssuanceRequest'] = ${request};
    export const key: operations['issue']['parameters']['header']['Idempotency-Key'] = 'kyc-4711';
    export const status: components['schemas']['Status'] = 'queued';`;

  test('generates types that take any claims, and refuse a request without a holder', async () => {
    await runTool(folder.path, 'openapi-typescript', 'bin/cli.js', document, '--output', 'types.ts');
    expect(await folder.compile('types-usage.ts', usage(body))).toBe('');
    expect(await folder.compile('types-usage.ts', usage("{ program: 'kyc' }"))).toContain('TS2739');
  });
});

describe('@hey-api/openapi-ts', () => {
  const usage = (headers: string) => `import { issue, show } from './hey/sdk.gen.js';
    const { data } = await issue({ body: ${body}, headers: ${headers} });
    const again = await show({ path: { id: data?.id ?? '' } });
    export const status: 'confirmed' | undefined = again.data?.status === 'confirmed' ? again.data.status : undefined;`;

  test('generates a client that takes any claims, and refuses a request without an idempotency key', async () => {
    await runTool(folder.path, '@hey-api/openapi-ts', 'bin/run.js', '-i', document, '-o', 'hey', '--no-log-file');
    expect(await folder.compile('hey-usage.ts', usage("{ 'Idempotency-Key': 'kyc-4711' }"))).toBe('');
    expect(await folder.compile('hey-usage.ts', usage('{}'))).toContain('Idempotency-Key');
  });
});
