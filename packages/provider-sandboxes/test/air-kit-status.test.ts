/** The AIR Kit sandbox tells how far a credential has come, and what it has seen. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AirKitSandbox } from '../src/air-kit/start-air-kit-sandbox.ts';
import { control, issue, issuerDid, startPartner, startSandbox, status, type TestPartner } from './air-kit-partner.ts';

const start = Math.floor(Date.now() / 1000) * 1000;
let partner: TestPartner;
let sandbox: AirKitSandbox;
let clock = start;

beforeAll(async () => {
  partner = await startPartner();
  sandbox = await startSandbox(partner.jwksUrl, { onchainDelayMs: 5000, clock: () => clock });
});

afterAll(async () => {
  await sandbox.close();
  await partner.close();
});

afterEach(() => {
  clock = start;
  sandbox.switchboard.reset();
});

/** A token that is fresh by the sandbox's clock, which stands still. */
async function freshToken(): Promise<string> {
  const iat = Math.floor((start - Date.now()) / 1000);
  return await partner.token({ times: { iat, exp: iat + 300 } });
}

async function issued(): Promise<{ token: string; hash: string }> {
  const token = await freshToken();
  const { json } = await issue(sandbox, token);
  return { token, hash: String(json['coreClaimHash']) };
}

test('a credential waits for the chain and is then on it', async () => {
  const { token, hash } = await issued();
  const waiting = await status(sandbox, token, hash);
  expect(waiting.status).toBe(200);
  expect(waiting.json).toEqual({
    coreClaimHash: hash,
    issuanceDate: new Date(start).toISOString().slice(0, 19).replace('T', ' '),
    expirationDate: new Date(start + 30 * 86_400_000).toISOString().slice(0, 19).replace('T', ' '),
    issuerDid,
    vcId: expect.stringMatching(/.+/),
    vcStatus: 'WAIT_ONCHAIN',
  });
  clock = start + 4999;
  expect((await status(sandbox, token, hash)).json['vcStatus']).toBe('WAIT_ONCHAIN');
  clock = start + 5000;
  expect((await status(sandbox, token, hash)).json['vcStatus']).toBe('ONCHAIN');
});

test('the delay counts for what is pending as well', async () => {
  const { token, hash } = await issued();
  await control(sandbox, 'switches', { onchainDelayMs: 0 });
  expect((await status(sandbox, token, hash)).json['vcStatus']).toBe('ONCHAIN');
});

test('an unknown hash is a 404 and a missing one a 400', async () => {
  const token = await freshToken();
  const unknown = await status(sandbox, token, '0'.repeat(64));
  expect(unknown.json).toEqual({ error: 404, message: 'no credential for this coreClaimHash' });
  expect((await status(sandbox, token, '')).status).toBe(400);
});

test('the status can be 404 for a while after the issue', async () => {
  await control(sandbox, 'switches', { statusNotFoundMs: 1000 });
  const { token, hash } = await issued();
  expect((await status(sandbox, token, hash)).status).toBe(404);
  clock = start + 1000;
  expect((await status(sandbox, token, hash)).status).toBe(200);
});

test('the status can be a value nobody has seen, until the switch goes back', async () => {
  const { token, hash } = await issued();
  await control(sandbox, 'switches', { statusValue: 'SOMETHING_NEW' });
  expect((await status(sandbox, token, hash)).json['vcStatus']).toBe('SOMETHING_NEW');
  await control(sandbox, 'switches', { statusValue: null });
  expect((await status(sandbox, token, hash)).json['vcStatus']).toBe('WAIT_ONCHAIN');
});

test('the inspection lists the calls, the counters, the keys and the holders', async () => {
  const { token, hash } = await issued();
  await status(sandbox, token, hash);
  await fetch(`${sandbox.url}/nothing`);
  const { json } = await control(sandbox, 'inspect?recent=2');
  const inProcess = sandbox.inspect({ recent: 2 });
  expect(json).toEqual(JSON.parse(JSON.stringify(inProcess)));
  expect(inProcess.calls.recent).toMatchObject([
    {
      operation: 'status',
      outcome: 200,
      answered: 200,
      faults: [],
      notes: { kid: 'rsa-1', verified: true, vcStatus: 'WAIT_ONCHAIN' },
    },
    { operation: 'unrouted', path: '/v1/nothing', outcome: 404 },
  ]);
  expect(inProcess.calls.byOperation['issue']?.calls).toBe(inProcess.calls.byOperation['issue']?.byOutcome['200']);
  expect(inProcess.jwks).toMatchObject({ url: partner.jwksUrl, kids: ['rsa-1', 'ec-1'], lastError: null });
  expect(inProcess.holders[0]).toMatchObject({
    email: 'ada@example.com',
    programs: { kyc: { live: { coreClaimHash: hash } } },
  });
  expect((await control(sandbox, 'inspect?email=nobody@example.com')).json['holders']).toEqual([]);
});

test('health answers, and other methods and paths are a 404 in the documented form', async () => {
  expect((await control(sandbox, 'health')).json).toEqual({ status: 'ok', name: 'air-kit' });
  const answer = await control(sandbox, 'nothing');
  expect(answer.json).toEqual({ error: 404, message: 'Cannot GET /_sandbox/nothing' });
});
