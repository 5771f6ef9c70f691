/** The trusted contacts of the Credenco sandbox: a wallet's only gate. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import { call, issueInto, startSandbox } from './credenco-backend.ts';

let sandbox: CredencoSandbox;
let did: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  did = sandbox.inspect().issuers[0]?.did ?? '';
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.switchboard.reset());

function register(wallet: string, changes: Record<string, unknown> = {}) {
  const path = `/api/wallets/${encodeURIComponent(wallet)}/trusted-contacts`;
  return call(sandbox, 'POST', path, { body: { did, name: 'Credenco', directIssueAllowed: true, ...changes } });
}

test('registering makes a wallet keep what it discarded before, and only that wallet', async () => {
  expect((await issueInto(sandbox, 'stranger', 'before')).wallet.credentials).toEqual([]);
  const { status, json } = await register('stranger');
  expect(status).toBe(201);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  const contact = { id: expect.any(Number), did, name: 'Credenco', directIssueAllowed: true };
  expect(json).toEqual({ ...contact, createdAt: time, lastModifiedAt: time });
  const { wallet } = await issueInto(sandbox, 'stranger', 'after');
  expect(wallet.credentials).toMatchObject([{ correlationId: 'after' }]);
  expect((await issueInto(sandbox, 'a/b?c d', 'elsewhere')).wallet.credentials).toEqual([]);
  const listed = await call(sandbox, 'GET', '/api/wallets/stranger/trusted-contacts');
  expect(listed.json).toMatchObject([{ did }]);
  expect((await call(sandbox, 'GET', '/api/wallets/a%2Fb%3Fc%20d/trusted-contacts')).json).toEqual([]);
});

test('one that exists already is 409, 200 or 400, and stays as it is', async () => {
  expect((await register('wary')).status).toBe(409);
  sandbox.switchboard.merge({ existingContact: 200 });
  expect(await register('wary')).toMatchObject({ status: 200, json: { did, directIssueAllowed: false } });
  sandbox.switchboard.merge({ existingContact: 400 });
  expect((await register('wary')).status).toBe(400);
  const { wallet } = await issueInto(sandbox, 'wary', 'still-wary');
  expect(wallet.discarded).toMatchObject([{ reason: 'direct-issue-not-allowed' }]);
});

test.each([
  ['an unknown wallet', 'nobody', {}, 404],
  ['no DID', 'trusting', { did: 'credenco' }, 400],
  ['no name', 'trusting', { name: '' }, 400],
  ['a directIssueAllowed that is no boolean', 'trusting', { directIssueAllowed: 'true' }, 400],
])('refuses %s', async (_name, wallet, changes, code) => {
  expect((await register(wallet, changes)).status).toBe(code);
});

test('ids differ between wallets too', () => {
  const ids = sandbox.inspect().wallets.flatMap(({ trustedContacts }) => trustedContacts.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
