/** The faults of the Credenco sandbox strike each of its calls, and its hostile URIs are what they are called. */
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import {
  call,
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

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.switchboard.reset());

async function arm(fault: Record<string, unknown>): Promise<void> {
  const body = { faults: { tried: fault } };
  expect((await call(sandbox, 'PUT', '/_sandbox/switches', { body })).status).toBe(200);
}

const contacts = '/api/wallets/stranger/trusted-contacts';
const contact = { did: 'did:web:example.com', name: 'Example', directIssueAllowed: true };
const form = {
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: `grant_type=client_credentials&client_id=${secrets.clientId}&client_secret=${encodeURIComponent(secrets.clientSecret)}`,
};

/** One call of each kind; `name` keeps their effects apart. */
const calls: Record<string, (name: string) => Promise<{ status: number }>> = {
  token: () => call(sandbox, 'POST', '/oauth2/token', form),
  mint: (name) => mint(sandbox, name),
  push: async (name) => push(sandbox, 'trusting', `${sandbox.origin}/api/oidc/credential-offer/${name}`),
  status: async () => status(sandbox, 'known'),
  'trusted-contact': (name) => call(sandbox, 'POST', contacts, { body: { ...contact, did: `${contact.did}:${name}` } }),
};

describe.each(Object.entries(calls))('%s', (operation, make) => {
  beforeAll(async () => void (await mint(sandbox, 'known')));

  test.each([429, 500, 503])('can answer %i without doing anything', async (code) => {
    await arm({ kind: 'status', status: code, operation, retryAfter: 7 });
    const before = sandbox.inspect().totals;
    expect((await make(`status-${code}-${operation}`)).status).toBe(code);
    expect(sandbox.inspect().totals).toEqual(before);
  });

  test('can do its work and drop the connection', async () => {
    await arm({ kind: 'drop', operation });
    await expect(make(`drop-${operation}`)).rejects.toThrow('fetch failed');
    const {
      operation: name,
      outcome,
      answered,
    } = sandbox.inspect().calls.recent.findLast((recent) => recent.operation === operation) ?? {
      operation: '',
      outcome: null,
      answered: 0,
    };
    expect([name, outcome === 200 || outcome === 201, answered]).toEqual([operation, true, null]);
  });

  test('can hang, and can take its time', async () => {
    await arm({ kind: 'latency', ms: 60, operation });
    const started = performance.now();
    await make(`late-${operation}`);
    expect(performance.now() - started).toBeGreaterThan(55);
    await arm({ kind: 'hang', operation });
    const hanging = make(`hang-${operation}`).then(
      () => 'answered',
      () => 'gone',
    );
    const waited = new Promise((resolve) => setTimeout(() => resolve('hangs'), 80));
    expect(await Promise.race([hanging, waited])).toBe('hangs');
  });
});

describe('commit and drop', () => {
  test('a lost mint can be found again, and its offer used', async () => {
    await arm({ kind: 'drop', operation: 'mint', next: 1 });
    await expect(mint(sandbox, 'lost-mint')).rejects.toThrow();
    expect((await status(sandbox, 'lost-mint')).json['status']).toBe('issue_request_created');
    await issueInto(sandbox, 'trusting', 'lost-mint');
    const { issuances } = sandbox.inspect({ correlationId: 'lost-mint' });
    expect(issuances).toMatchObject([{ offersMinted: 1, pushes: 1, credentialsIssued: 1 }]);
  });

  test('a lost push has put the credential into the wallet', async () => {
    await arm({ kind: 'drop', operation: 'push', next: 1 });
    const offerUri = offerUriOf(await mint(sandbox, 'lost-push'));
    await expect(push(sandbox, 'trusting', offerUri)).rejects.toThrow();
    const { credentials } = await settledWallet(sandbox, 'trusting');
    expect(credentials.some(({ correlationId }) => correlationId === 'lost-push')).toBe(true);
  });
});

test('a fault inside the exchange leaves the wallet without a credential', async () => {
  await arm({ kind: 'status', status: 503, operation: 'credential' });
  const { pushed, wallet } = await issueInto(sandbox, 'trusting', 'broken');
  expect(pushed.status).toBe(201);
  expect(wallet.discarded.at(-1)).toMatchObject({ correlationId: 'broken', reason: 'exchange-failed' });
  expect(wallet.discarded.at(-1)?.explanation).toContain('credential: ');
  expect((await status(sandbox, 'broken')).json['status']).toBe('issue_request_created');
});

describe('the request_uri', () => {
  const uri = () => `${sandbox.origin}/api/oidc/credential-offer/`;
  const parameter = ({ json }: { json: Record<string, unknown> }) =>
    new URL(String(json['request_uri'])).searchParams.get('credential_offer_uri');

  test.each(['encoded', 'unencoded', 'other-host', 'other-scheme'])(
    '%s leads to a usable offer',
    async (requestUri) => {
      sandbox.switchboard.merge({ requestUri });
      const answer = await mint(sandbox, `form-${requestUri}`);
      expect(parameter(answer)).toContain(uri());
      expect((await call(sandbox, 'GET', parameter(answer) ?? '', { headers: {} })).status).toBe(200);
      const text = String(answer.json['request_uri']);
      expect(text.startsWith('openid-credential-offer://')).toBe(!requestUri.startsWith('other'));
      if (requestUri === 'other-host') expect(text).toMatch(/^https:\/\/customerwallet\.com\/\?credential_offer_uri=/);
      expect(text.includes('%3A')).toBe(requestUri !== 'unencoded');
    },
  );

  test.each([
    ['double-encoded', () => encodeURIComponent(uri())],
    ['http-elsewhere', () => 'http://trap.example:81/api/oidc/credential-offer/'],
    ['https-elsewhere', () => 'https://trap.example:81/api/oidc/credential-offer/'],
    ['userinfo', () => `http://127.0.0.1:${sandbox.port}@trap.example:81/`],
    ['file', () => 'file:///etc/passwd'],
    ['metadata-address', () => 'http://169.254.169.254/'],
  ])('%s', async (requestUri, start) => {
    sandbox.switchboard.merge({ requestUri, elsewhere: 'trap.example:81' });
    const value = parameter(await mint(sandbox, `form-${requestUri}`)) ?? '';
    expect(value.startsWith(start())).toBe(true);
  });

  test('by value, without the parameter, and no URI at all', async () => {
    sandbox.switchboard.merge({ requestUri: 'by-value' });
    const byValue = new URL(String((await mint(sandbox, 'by-value')).json['request_uri']));
    expect(byValue.searchParams.has('credential_offer_uri')).toBe(false);
    const offer = JSON.parse(byValue.searchParams.get('credential_offer') ?? '{}') as Record<string, unknown>;
    expect(offer['credential_configuration_ids']).toEqual(['ebw_oid']);
    sandbox.switchboard.merge({ requestUri: 'missing-parameter' });
    expect(parameter(await mint(sandbox, 'missing'))).toBeNull();
    sandbox.switchboard.merge({ requestUri: 'not-a-uri' });
    expect(URL.canParse(String((await mint(sandbox, 'no-uri')).json['request_uri']))).toBe(false);
  });
});

describe('the status', () => {
  test.each([
    ['variant', () => `${sandbox.origin}/api/v2/credential/issue/`],
    ['other-origin', () => 'http://trap.example/api/v2/issue/'],
    ['userinfo', () => `http://127.0.0.1:${sandbox.port}@trap.example/`],
    ['file', () => 'file:///etc/passwd'],
    ['metadata-address', () => 'http://169.254.169.254/'],
  ])('its URI: %s', async (statusUri, start) => {
    sandbox.switchboard.merge({ statusUri, elsewhere: 'trap.example' });
    const { json } = await mint(sandbox, `status-${statusUri}`);
    expect(String(json['status_uri']).startsWith(start())).toBe(true);
  });

  test('can be unknown, late, or missing at first', async () => {
    sandbox.switchboard.merge({ statusValue: 'issue_parked' });
    await issueInto(sandbox, 'trusting', 'told');
    expect((await status(sandbox, 'told')).json['status']).toBe('issue_parked');
    sandbox.switchboard.merge({ statusValue: null, statusDelayMs: 60_000 });
    expect((await status(sandbox, 'told')).json['status']).toBe('issue_request_created');
    sandbox.switchboard.merge({ statusNotFoundMs: 60_000 });
    expect((await status(sandbox, 'told')).status).toBe(404);
    sandbox.switchboard.reset();
    expect((await status(sandbox, 'told')).json['status']).toBe('issue_completed');
  });
});

test('an exchange can be put off, and redirects lead a wallet nowhere', async () => {
  sandbox.switchboard.merge({ exchangeDelayMs: 60 });
  await push(sandbox, 'trusting', offerUriOf(await mint(sandbox, 'put-off')));
  expect(sandbox.inspect({ wallet: 'trusting' }).wallets[0]?.exchanging).toHaveLength(1);
  const { credentials } = await settledWallet(sandbox, 'trusting');
  expect(credentials.at(-1)?.correlationId).toBe('put-off');
  let visits = 0;
  const trap = createServer((_request, response) => {
    visits += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const address = trap.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await arm({ kind: 'redirect', operation: 'credential-offer', location: `http://127.0.0.1:${port}/` });
  await issueInto(sandbox, 'trusting', 'redirected');
  expect(visits).toBe(0);
  trap.close();
});
