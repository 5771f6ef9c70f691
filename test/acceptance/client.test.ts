/** The typed client against the running system, and the example of its README as a user would compile and run it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type IssueOnBehalf, issueOnBehalf, NotEndedError, ProblemError } from '@issue-on-behalf/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StrictFolder, strictFolder } from '../fakes/strict-compiler.ts';
import { kyc, type Operator, startOperator } from './local-operator.ts';

const run = promisify(execFile);
const packageFolder = join(import.meta.dirname, '../../packages/client');
let operator: Operator;
let client: IssueOnBehalf;

beforeAll(async () => {
  operator = await startOperator();
  await operator.putSwitches('air-kit', { onchainDelayMs: 100 });
  client = clientWith();
});
afterAll(() => operator.system.stop());

function clientWith(settings: object = {}): IssueOnBehalf {
  const { apiUrl, token } = operator.system;
  return issueOnBehalf({ baseUrl: apiUrl, token, ...settings });
}

describe('the client', () => {
  test('issues, and waits until the credential is confirmed', async () => {
    const { id } = await client.issue(kyc('client-1@example.com'), { idempotencyKey: 'client-1' });
    expect(await client.waitForEnd(id)).toMatchObject({ id, status: 'confirmed', assurance: 'on-chain' });
    expect(await client.show(id)).toMatchObject({ id, status: 'confirmed' });
  });

  test('issues once when the answer is lost and the request is repeated', async () => {
    let lost = 0;
    const losing = async (request: Request) => {
      const response = await fetch(request);
      if (lost++ > 0) return response;
      await response.arrayBuffer();
      throw new TypeError('fetch failed');
    };
    const { id } = await clientWith({ fetch: losing }).issue(kyc('client-2@example.com'), {
      idempotencyKey: 'client-2',
    });
    expect(lost).toBe(2);
    expect(await client.waitForEnd(id)).toMatchObject({ status: 'confirmed', attempts: 1 });
    const again = await client.issue(kyc('client-2@example.com'), { idempotencyKey: 'client-2' });
    expect(again.id).toBe(id);
  });

  test('has the problem of a refusal as a typed error', async () => {
    const other = { ...kyc('client-1@example.com'), claims: { kycVerified: 'yes' } };
    const refused = client.issue(other, { idempotencyKey: 'client-3' });
    await expect(refused).rejects.toThrow(ProblemError);
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'claims-invalid', requestId: expect.any(String) });
    await expect(clientWith({ token: 'x'.repeat(43) }).show('iss_x')).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(client.show(`iss_${'x'.repeat(27)}`)).rejects.toMatchObject({ code: 'issuance-not-found' });
  });

  test('lists all pages, and retries', async () => {
    const ids: string[] = [];
    for await (const { id, status } of client.list('confirmed')) {
      expect(status).toBe('confirmed');
      ids.push(id);
    }
    expect(ids.length).toBeGreaterThan(1);
    await expect(client.retry(ids[0] ?? '')).rejects.toMatchObject({ code: 'issuance-not-retryable' });
  });

  test('stops waiting at the deadline', async () => {
    await operator.putSwitches('air-kit', { onchainDelayMs: 60_000 });
    const { id } = await client.issue(kyc('client-4@example.com'), { idempotencyKey: 'client-4' });
    await expect(client.waitForEnd(id, { deadlineSeconds: 1 })).rejects.toThrow(NotEndedError);
    await operator.putSwitches('air-kit', { onchainDelayMs: 100 });
  });

  test('fault 65: reads the document, which has the address of the running system, and nothing when it has not changed', async () => {
    const { data, response } = await client.api.GET('/v1/openapi.json');
    expect(data?.['servers']).toEqual([{ url: operator.system.apiUrl }]);
    const header = { 'If-None-Match': response.headers.get('etag') ?? '' };
    expect((await client.api.GET('/v1/openapi.json', { params: { header } })).response.status).toBe(304);
    expect((await client.api.HEAD('/v1/health')).response.status).toBe(200);
  });
});

describe('the example of the README', () => {
  let folder: StrictFolder;
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(packageFolder, 'README.md'), 'utf8')) ?? [];

  beforeAll(async () => {
    folder = strictFolder();
    await run(process.execPath, [join(packageFolder, 'build.ts')]);
    const installed = join(folder.path, 'node_modules/@issue-on-behalf/client');
    mkdirSync(installed, { recursive: true });
    cpSync(join(packageFolder, 'dist'), installed, { recursive: true });
  });
  afterAll(() => folder.remove());

  test('compiles under strict against the built package, and does not without an idempotency key', async () => {
    expect(await folder.compile('example.ts', example)).toBe('');
    const wrong = example.replace("{ idempotencyKey: 'kyc-4711' }", '{}');
    expect(await folder.compile('wrong.ts', wrong)).toContain('idempotencyKey');
  });

  test('prints the end of the issuance', async () => {
    const { apiUrl: API, token: TOKEN } = operator.system;
    const file = join(folder.path, 'example.ts');
    writeFileSync(file, example);
    const { stdout } = await run(process.execPath, [file], { env: { ...process.env, API, TOKEN } });
    expect(stdout).toBe('confirmed on-chain\n');
  });
});
