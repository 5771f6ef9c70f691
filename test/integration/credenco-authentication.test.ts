/** How we prove ourselves to Credenco: by key or by token, with secrets that are replaced while we run. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endOf } from '../fakes/end-of.ts';
import { CredencoTestAccount } from './credenco-account.ts';

let account: CredencoTestAccount;

beforeEach(async () => {
  account = await CredencoTestAccount.start();
});
afterEach(() => account.close());

const oauth2 = { account: { authentication: 'oauth2' as const } };
const answered = (operation: string, status: number) =>
  account.sandbox.inspect().calls.byOperation[operation]?.byAnswer[status] ?? 0;
const revokeTokens = () => fetch(`${account.sandbox.url}/_sandbox/tokens/revoke`, { method: 'POST' });
const wrong = { apiKey: 'old', clientId: 'old', clientSecret: 'old' };

describe('an API key', () => {
  test('is sent as x-api-key', async () => {
    account.switch({ authentication: 'api-key' });
    expect(await endOf(account.connect().submit(account.job()))).toBe('accepted');
  });

  test('that was replaced is read again after the refusal, and the call made once more', async () => {
    account.cachedSecret = wrong;
    expect(await endOf(account.connect().submit(account.job()))).toBe('accepted');
    expect(account.refreshes).toBe(1);
    expect(answered('mint', 401)).toBe(1);
  });

  test('that stays wrong is tried twice and no more', async () => {
    account.cachedSecret = wrong;
    account.secret = wrong;
    const end = await endOf(account.connect().submit(account.job()));
    expect(end).toBe('provider-refused-login: HTTP 401 to the mint');
    expect(account.calls('mint')).toBe(2);
  });

  test.each([{}, { apiKey: '' }, { clientId: 'only' }])(
    'that is not there is an internal error: %j',
    async (secret) => {
      account.cachedSecret = secret;
      const end = await endOf(account.connect().submit(account.job()));
      expect(end).toBe("secret-unavailable: the account's apiKey is missing");
      expect(account.sandbox.inspect().calls.total).toBe(0);
    },
  );
});

describe('client credentials', () => {
  beforeEach(() => account.switch({ authentication: 'oauth2' }));

  test('one token serves many calls, also those that begin at once', async () => {
    const provider = account.connect(oauth2);
    await Promise.all([1, 2, 3, 4].map(() => provider.submit(account.job())));
    await provider.submit(account.job());
    expect(account.calls('token')).toBe(1);
  });

  test('a token is replaced shortly before it expires, not after', async () => {
    account.switch({ tokenLifetimeSeconds: 300 });
    const provider = account.connect(oauth2);
    await provider.submit(account.job());
    account.aheadMs = 265_000;
    await provider.submit(account.job());
    expect(account.calls('token')).toBe(1);
    account.aheadMs = 275_000;
    await provider.submit(account.job());
    expect(account.calls('token')).toBe(2);
    expect(answered('mint', 401)).toBe(0);
  });

  test.each([
    ['digits', '40', 40],
    ['a number', 40, 40],
    ['null', null, 300],
    ['missing', undefined, 300],
    ['words', 'soon', 300],
    ['negative', -1, 300],
    ['digits with a sign', '-40', 300],
    ['an object', {}, 300],
    ['more than a number can hold', Number('1e300'), 300],
  ] as const)('expires_in is %s: %j counts as %i s', async (_name, given, seconds) => {
    const changed: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).endsWith('/oauth2/token')) return response;
      return Response.json({ ...((await response.json()) as object), expires_in: given });
    };
    const provider = account.connect({ ...oauth2, fetch: changed });
    await provider.submit(account.job());
    account.aheadMs = (seconds - 31) * 1000;
    await provider.submit(account.job());
    expect(account.calls('token')).toBe(1);
    account.aheadMs = (seconds - 29) * 1000;
    await provider.submit(account.job());
    expect(account.calls('token')).toBe(2);
  });

  test('a token that lives shorter than our margin serves one call', async () => {
    account.switch({ tokenLifetimeSeconds: 5 });
    expect(await endOf(account.connect(oauth2).submit(account.job()))).toBe('accepted');
  });

  test('a withdrawn token is fetched once more for all the calls it fails', async () => {
    const provider = account.connect(oauth2);
    await provider.submit(account.job());
    await revokeTokens();
    const ends = await Promise.all([1, 2, 3, 4, 5, 6].map(() => endOf(provider.submit(account.job()))));
    expect(new Set(ends)).toEqual(new Set(['accepted']));
    expect(account.calls('token')).toBe(2);
  });

  test('a token that is refused at once is not fetched forever', async () => {
    account.fault({ kind: 'status', status: 401, operation: 'mint' });
    const end = await endOf(account.connect(oauth2).submit(account.job()));
    expect(end).toBe('provider-refused-login: HTTP 401 to the mint');
    expect(account.calls('token')).toBe(2);
    expect(account.calls('mint')).toBe(2);
  });

  test('a secret that was replaced is found out when a token is fetched', async () => {
    account.cachedSecret = wrong;
    expect(await endOf(account.connect(oauth2).submit(account.job()))).toBe('accepted');
    expect(account.refreshes).toBe(1);
  });

  test('a secret that stays wrong: refused', async () => {
    account.cachedSecret = wrong;
    account.secret = wrong;
    const end = await endOf(account.connect(oauth2).submit(account.job()));
    expect(end).toBe('provider-refused-login: HTTP 401 to the token request');
    expect(account.calls('token')).toBe(2);
  });

  test.each([
    ['no answer', { kind: 'drop' }, 'provider-unreachable: no answer to the token request'],
    ['500', { kind: 'status', status: 500 }, 'provider-unavailable: HTTP 500 to the token request'],
    ['429', { kind: 'status', status: 429 }, 'provider-unavailable: HTTP 429 to the token request'],
    ['HTML', { kind: 'garbage', body: 'html' }, 'provider-unavailable: HTTP 200 to the token request'],
    ['a redirect', { kind: 'redirect' }, 'provider-unavailable: HTTP 307 to the token request'],
  ])('%s to the token request: later, and nothing has been done', async (_name, rule, end) => {
    account.fault({ operation: 'token', ...rule });
    expect(await endOf(account.connect(oauth2).submit(account.job()))).toBe(end);
    expect(account.calls('mint')).toBe(0);
  });
});
