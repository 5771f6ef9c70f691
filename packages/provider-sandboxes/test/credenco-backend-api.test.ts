/** What the Credenco sandbox accepts from a backend: its secrets, its mints, its pushes and its trusted contacts. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import {
  call,
  companyClaims,
  issueInto,
  mint,
  offerUriOf,
  push,
  secrets,
  settledWallet,
  startSandbox,
  status,
} from './credenco-backend.ts';

let sandbox: CredencoSandbox;
let ahead = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => Date.now() + ahead });
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.switchboard.reset();
  ahead = 0;
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const credentials = { client_id: secrets.clientId, client_secret: secrets.clientSecret };

function basic(id: string, secret: string): Record<string, string> {
  const encode = (value: string) => new URLSearchParams({ value }).toString().slice('value='.length);
  return { authorization: `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}` };
}

function token(fields: Record<string, string>, headers: Record<string, string> = form) {
  return call(sandbox, 'POST', '/oauth2/token', {
    headers: { ...form, ...headers },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...fields }).toString(),
  });
}

async function bearer(): Promise<Record<string, string>> {
  return { authorization: `Bearer ${String((await token(credentials)).json['access_token'])}` };
}

describe('authentication', () => {
  test('client credentials in the body or in the header, form-encoded', async () => {
    const { status: code, json, headers } = await token(credentials);
    expect([code, json['token_type'], json['expires_in']]).toEqual([200, 'Bearer', 300]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await token({}, basic(secrets.clientId, secrets.clientSecret))).status).toBe(200);
  });

  test.each([
    ['a wrong secret', { ...credentials, client_secret: 'x' }, {}, 401, 'invalid_client'],
    ['a wrong client', { ...credentials, client_id: 'x' }, {}, 401, 'invalid_client'],
    ['a wrong secret in the header', {}, basic(secrets.clientId, 'x'), 401, 'invalid_client'],
    ['both ways at once', credentials, basic(secrets.clientId, secrets.clientSecret), 400, 'invalid_request'],
    ['another grant', { ...credentials, grant_type: 'password' }, {}, 400, 'unsupported_grant_type'],
    ['JSON', credentials, { 'content-type': 'application/json' }, 400, 'invalid_request'],
  ])('no token for %s', async (_name, fields, headers, code, error) => {
    const answer = await token(fields, headers as Record<string, string>);
    expect([answer.status, answer.json['error']]).toEqual([code, error]);
  });

  test('a token works until it expires or is revoked', async () => {
    sandbox.switchboard.merge({ tokenLifetimeSeconds: 10 });
    const headers = await bearer();
    expect((await mint(sandbox, 'by-token', {}, headers)).status).toBe(200);
    ahead = 10_000;
    expect((await mint(sandbox, 'by-token', {}, headers)).status).toBe(401);
    const fresh = await bearer();
    await call(sandbox, 'POST', '/_sandbox/tokens/revoke');
    expect((await mint(sandbox, 'by-token', {}, fresh)).status).toBe(401);
  });

  test.each([
    ['nothing', {}],
    ['a wrong key', { 'x-api-key': 'x' }],
    ['a wrong token', { authorization: 'Bearer x' }],
  ])('%s is refused by each call of the backend API', async (_name, headers) => {
    const contacts = '/api/wallets/trusting/trusted-contacts';
    const answers = await Promise.all([
      mint(sandbox, 'refused', {}, headers as Record<string, string>),
      call(sandbox, 'GET', '/api/v2/issue/refused', { headers }),
      call(sandbox, 'GET', '/api/v2/credential/issue/refused', { headers }),
      call(sandbox, 'GET', contacts, { headers }),
      call(sandbox, 'POST', contacts, { headers, body: {} }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401]);
    expect(sandbox.inspect({ correlationId: 'refused' }).issuances).toEqual([]);
  });

  test('each way can be switched off', async () => {
    const byToken = await bearer();
    sandbox.switchboard.merge({ authentication: 'oauth2' });
    expect((await mint(sandbox, 'only-oauth2')).status).toBe(401);
    expect((await mint(sandbox, 'only-oauth2', {}, byToken)).status).toBe(200);
    sandbox.switchboard.merge({ authentication: 'api-key' });
    expect((await mint(sandbox, 'only-key', {}, byToken)).status).toBe(401);
    expect((await mint(sandbox, 'only-key')).status).toBe(200);
    expect((await token(credentials)).json['error']).toBe('unauthorized_client');
  });
});

describe('mint', () => {
  test.each([
    ['an unknown template', { template_id: 'nope' }, 404, 'template_id'],
    ['no template', { template_id: undefined }, 400, 'template_id'],
    ['an empty correlation_id', { correlation_id: '' }, 400, 'correlation_id'],
    ['no correlation_id', { correlation_id: undefined }, 400, 'correlation_id'],
    ['no claims', { claims: undefined }, 400, 'claims must be an object'],
    ['a missing attribute', { claims: { ...companyClaims, name: undefined } }, 400, 'name'],
    ['a wrong attribute', { claims: { ...companyClaims, issuing_country: 'NLD' } }, 400, 'claims.issuing_country'],
    ['an attribute of another type', { claims: { ...companyClaims, id: 90004760 } }, 400, 'claims.id'],
    ['an unknown attribute', { claims: { ...companyClaims, city: 'Delft' } }, 400, 'claims.city'],
    ['a callback without url', { callback: { status: 'error' } }, 400, 'callback'],
    ['a base that is no URI', { request_uri_base: 'nope' }, 400, 'request_uri_base'],
  ])('refuses %s', async (_name, changes, code, message) => {
    const answer = await mint(sandbox, 'refused-mint', changes);
    expect([answer.status, answer.message.includes(message) ? message : answer.message]).toEqual([code, message]);
    expect(sandbox.inspect({ correlationId: 'refused-mint' }).issuances).toEqual([]);
  });

  test('takes the fields of other flows, and bases the request_uri on the one given', async () => {
    const callback = { status: 'issue_completed,error', url: 'https://backend.example/callback' };
    const answer = await mint(sandbox, 'others', { callback, qr_code: {}, request_uri_base: 'https://wallet.one/x' });
    expect(String(answer.json['request_uri'])).toMatch(/^https:\/\/wallet\.one\/x\?credential_offer_uri=http/);
  });

  test('a correlation_id with any characters finds its issuance again', async () => {
    const { json } = await mint(sandbox, 'a/b?c#d é');
    const told = await call(sandbox, 'GET', String(json['status_uri']));
    expect(told.json['correlation_id']).toBe('a/b?c#d é');
  });

  test('a repeated correlation_id: the same offer, unless template or claims differ', async () => {
    const first = await mint(sandbox, 'again');
    expect((await mint(sandbox, 'again')).json).toEqual(first.json);
    expect((await mint(sandbox, 'again', { claims: { ...companyClaims, name: 'Other' } })).status).toBe(409);
    expect((await mint(sandbox, 'again', { template_id: 'plain' })).status).toBe(409);
    expect(sandbox.inspect({ correlationId: 'again' }).issuances).toMatchObject([{ offersMinted: 1 }]);
    ahead = 600_000;
    expect(offerUriOf(await mint(sandbox, 'again'))).not.toBe(offerUriOf(first));
    expect((await status(sandbox, 'again')).json['status']).toBe('issue_request_created');
  });

  test('a repeated correlation_id: a new offer, or 409, as switched', async () => {
    const first = await mint(sandbox, 'switched');
    sandbox.switchboard.merge({ repeatedCorrelationId: 'conflict' });
    expect((await mint(sandbox, 'switched')).status).toBe(409);
    sandbox.switchboard.merge({ repeatedCorrelationId: 'new' });
    const second = await mint(sandbox, 'switched');
    expect(offerUriOf(second)).not.toBe(offerUriOf(first));
    await push(sandbox, 'trusting', offerUriOf(first));
    await settledWallet(sandbox, 'trusting');
    expect((await status(sandbox, 'switched')).json['status']).toBe('issue_completed');
    const counts = { offersMinted: 2, pushes: 1, credentialsIssued: 1 };
    expect(sandbox.inspect({ correlationId: 'switched' }).issuances).toMatchObject([counts]);
  });
});

describe('push', () => {
  test('is 201 with an empty body, from anyone, into the wallet named by its encoded key', async () => {
    const answer = await push(sandbox, 'a/b?c d', offerUriOf(await mint(sandbox, 'odd-key')), '');
    expect([answer.status, answer.json]).toEqual([201, {}]);
    const { inbox } = await settledWallet(sandbox, 'a/b?c d');
    expect(inbox).toMatchObject([{ correlationId: 'odd-key' }]);
  });

  test('an unknown wallet is 404', async () => {
    expect((await push(sandbox, 'nobody', 'https://wallet.example/x')).status).toBe(404);
  });

  test.each([
    ['no offer', 'directIssue=true'],
    ['an offer that is no URL', 'credential_offer_uri=http%253A%252F%252Fx'],
    ['a file', 'credential_offer_uri=file%3A%2F%2F%2Fetc%2Fpasswd'],
    ['an odd directIssue', 'directIssue=yes&credential_offer_uri=https%3A%2F%2Fx'],
  ])('refuses %s', async (_name, query) => {
    const before = sandbox.inspect().totals.pushes;
    expect((await call(sandbox, 'POST', `/api/oidc/offer/trusting?${query}`, { headers: {} })).status).toBe(400);
    expect(sandbox.inspect().totals.pushes).toBe(before);
  });

  test('an offer used twice: both 201, one credential, and the status stays', async () => {
    const { offerUri } = await issueInto(sandbox, 'trusting', 'twice');
    expect((await push(sandbox, 'trusting', offerUri)).status).toBe(201);
    const { credentials: kept, discarded } = await settledWallet(sandbox, 'trusting');
    expect(kept.filter(({ correlationId }) => correlationId === 'twice')).toHaveLength(1);
    expect(discarded.at(-1)).toMatchObject({ correlationId: 'twice', reason: 'exchange-failed', credential: null });
    expect(discarded.at(-1)?.explanation).toContain('token: ');
    expect((await status(sandbox, 'twice')).json['status']).toBe('issue_completed');
    expect(sandbox.inspect({ correlationId: 'twice' }).issuances[0]?.offers).toMatchObject([{ used: true, pushes: 2 }]);
  });

  test('an expired offer: 201, nothing in the wallet, and the issuance ends in error', async () => {
    sandbox.switchboard.merge({ offerLifetimeMs: 0 });
    const { pushed, wallet } = await issueInto(sandbox, 'trusting', 'stale');
    expect(pushed.status).toBe(201);
    expect(wallet.discarded.at(-1)).toMatchObject({ correlationId: 'stale', reason: 'exchange-failed' });
    expect((await status(sandbox, 'stale')).json['status']).toBe('error');
  });
});
