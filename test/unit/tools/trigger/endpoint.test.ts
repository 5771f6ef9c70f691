/** Where an event goes and what signs it: found with the caller's credentials, and never shown. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../../../lib/config/load-environment.ts';
import type { Target } from '../../../../tools/command-line/target.ts';
import { endpointOf } from '../../../../tools/trigger/endpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'issue-on-behalf-'));
const secret = 'whsec_0123456789abcdef0123';
let stored = '';
let asked: string[] = [];

/** Answers like Secrets Manager. */
const server = createServer((request, response) => {
  asked.push(String(request.headers['x-amz-target']));
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ ARN: 'arn', Name: 'source-secrets', SecretString: stored }));
  });
});

beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => server.close());

function target(name: 'dev' | 'local'): Target {
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    environment: loadEnvironment(name),
    output: (output) => (output === 'ApiUrl' ? 'https://api.example.com/' : `arn-of-${output}`),
    client: () => ({ region: 'eu-west-1', maxAttempts: 1, endpoint: `http://127.0.0.1:${port}`, credentials }),
    functionName: (one) => one,
  };
}

const refusal = (wish: Promise<unknown>) =>
  wish.then(
    () => expect.unreachable(),
    (error: Error) => error,
  );

describe('a deployed environment', () => {
  test('the first usable secret of the source is read from Secrets Manager', async () => {
    asked = [];
    stored = JSON.stringify({ payments: ['short', secret], shop: ['another'] });
    const endpoint = await endpointOf(target('dev'), { source: 'payments', state: folder });
    expect(endpoint).toMatchObject({ url: 'https://api.example.com/v1/events/payments', secret });
    expect(asked).toEqual(['secretsmanager.GetSecretValue']);
  });

  test.each<[string, string]>([
    ['no secret', '{}'],
    ['only a secret that is too short', '{"payments":["hunter2-hunter2"]}'],
    ['a list that is none', '{"payments":"hunter2-hunter2"}'],
    ['no JSON', 'hunter2-hunter2'],
  ])('%s: one line that does not repeat it', async (_, text) => {
    stored = text;
    const { message } = await refusal(endpointOf(target('dev'), { source: 'payments', state: folder }));
    expect(message).not.toMatch(/hunter2|\n/);
    expect(message).toContain('secret');
  });

  test('a token is not stored, so that a file must have it', async () => {
    const wish = { source: 'business-wallets', state: folder };
    expect((await refusal(endpointOf(target('dev'), wish))).message).toContain('--secret-file');
    const secretFile = join(folder, 'token');
    writeFileSync(secretFile, 'the-token-of-the-sender\n');
    expect((await endpointOf(target('dev'), { ...wish, secretFile })).secret).toBe('the-token-of-the-sender');
    expect((await refusal(endpointOf(target('dev'), { ...wish, secretFile: 'nowhere' }))).message).toBe(
      'There is no file nowhere',
    );
  });
});

describe('the local system', () => {
  const file = join(folder, 'sources.json');
  const wish = { source: 'payments', state: folder };

  test('the secret is in the state folder', async () => {
    writeFileSync(file, JSON.stringify({ payments: { secret, token: 't' } }));
    expect((await endpointOf(target('local'), wish)).secret).toBe(secret);
  });

  test.each<[string, string, string]>([
    ['a file without the source', '{}', 'has no secret of payments: start npm start again'],
    ['a damaged file', '{"payments":{"secret":', 'is damaged'],
    ['a file of another form', '{"payments":"hunter2"}', 'is damaged'],
  ])('%s', async (_, text, message) => {
    writeFileSync(file, text);
    expect((await refusal(endpointOf(target('local'), wish))).message).toContain(message);
  });
});

test.each(['nobody', 'constructor', '__proto__', '../shop', ''])('a source that does not exist: %j', async (source) => {
  const { message } = await refusal(endpointOf(target('local'), { source, state: folder }));
  expect(message).toMatch(/^The environment local has no source .* \(there are: kyc-vendor, /);
});

test('a source without a proof has no endpoint', async () => {
  const local = target('local');
  local.environment.sources['crm'] = { rules: [], proof: undefined, queue: undefined };
  expect((await refusal(endpointOf(local, { source: 'crm', state: folder }))).message).toContain('has no proof');
});
