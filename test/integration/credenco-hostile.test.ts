/** Addresses that come from the network: hostile offers are never pushed or fetched, hostile status URIs never asked. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endOf } from '../fakes/end-of.ts';
import { CredencoTestAccount } from './credenco-account.ts';

let account: CredencoTestAccount;

beforeAll(async () => {
  account = await CredencoTestAccount.start();
});
afterAll(() => account.close());
afterEach(() => account.sandbox.switchboard.reset());

/** A fetch that tells where it was asked to go. */
function watched(): { fetch: typeof fetch; hosts: Set<string> } {
  const hosts = new Set<string>();
  return {
    hosts,
    fetch: (input, init) => {
      hosts.add(new URL(String(input)).host);
      return fetch(input, init);
    },
  };
}

const ownHost = () => new URL(account.sandbox.url).host;

describe('fault 29: the offer', () => {
  test.each(['encoded', 'unencoded', 'other-host', 'other-scheme'] as const)('%s: is pushed as it is', async (form) => {
    account.switch({ requestUri: form });
    const job = account.job();
    await account.connect().submit(job);
    await account.quiet();
    expect(account.issuance(job.issuanceId)).toMatchObject({ pushes: 1, credentialsIssued: 1, offersMinted: 1 });
  });

  test.each([
    ['double-encoded', 'credential_offer_uri is no URI'],
    ['by-value', 'the offer is passed by value'],
    ['missing-parameter', 'there is no credential_offer_uri'],
    ['not-a-uri', 'the request URI has no query'],
    ['http-elsewhere', 'credential_offer_uri is on another origin than the account'],
    ['https-elsewhere', 'credential_offer_uri is on another origin than the account'],
    ['userinfo', 'credential_offer_uri has user info'],
    ['file', 'credential_offer_uri is on another origin than the account'],
    ['metadata-address', 'credential_offer_uri is on another origin than the account'],
  ] as const)('%s: no push and no request anywhere', async (form, why) => {
    account.switch({ requestUri: form, elsewhere: account.trap.host });
    const { fetch: watching, hosts } = watched();
    const before = { pushes: account.calls('push'), offers: account.calls('credential-offer') };
    const job = account.job();
    expect(await endOf(account.connect({ fetch: watching }).submit(job))).toBe(`offer-unusable: ${why}`);
    expect(job.kept).toEqual([]);
    expect({ pushes: account.calls('push'), offers: account.calls('credential-offer') }).toEqual(before);
    expect(account.trap.requests()).toBe(0);
    expect([...hosts]).toEqual([ownHost()]);
  });
});

test('an offer URI with a query of its own that is not encoded is pushed whole', async () => {
  account.switch({ requestUri: 'own-query' });
  const job = account.job();
  await account.connect().submit(job);
  expect(job.progress['offerUri']).toMatch(/\?id=[\w-]+&form=short$/);
  await account.quiet();
  expect(account.issuance(job.issuanceId)).toMatchObject({ credentialsIssued: 1 });
});

describe('fault 29: the status URI', () => {
  test.each(['own', 'variant'] as const)('%s: is followed', async (form) => {
    account.switch({ statusUri: form });
    const job = account.job();
    const { receipt } = await account.connect().submit(job);
    expect(receipt['statusUri']).toBe(
      form === 'own'
        ? `${account.sandbox.url}/api/v2/issue/${job.issuanceId}`
        : `${account.sandbox.url}/api/v2/credential/issue/${job.issuanceId}`,
    );
    await account.quiet();
    expect(await account.connect().check(job.submitted(receipt))).toMatchObject({ state: 'confirmed' });
  });

  const hostile = ['other-origin', 'userinfo', 'file', 'metadata-address'] as const;
  test.each(hostile)('%s: is never asked, and the built one tells', async (form) => {
    account.switch({ statusUri: form, elsewhere: account.trap.host });
    const { fetch: watching, hosts } = watched();
    const job = account.job();
    const { receipt } = await account.connect({ fetch: watching }).submit(job);
    expect(receipt).not.toHaveProperty('statusUri');
    await account.quiet();
    expect(await account.connect({ fetch: watching }).check(job.submitted(receipt))).toMatchObject({
      state: 'confirmed',
    });
    expect(account.trap.requests()).toBe(0);
    expect([...hosts]).toEqual([ownHost()]);
  });

  const kept = () => [
    `http://${account.trap.host}/api/v2/issue/x`,
    `http://${ownHost()}@${account.trap.host}/api/v2/issue/x`,
    `http://user@${ownHost()}/api/v2/issue/x`,
    `https://${ownHost()}/api/v2/issue/x`,
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'file:///etc/passwd',
    '//evil.example/x',
    'not a URI',
    '',
  ];
  test('one that got into a record all the same is not asked either', async () => {
    const job = account.job();
    await account.connect().submit(job);
    await account.quiet();
    for (const statusUri of kept()) {
      const { fetch: watching, hosts } = watched();
      const receipt = { correlationId: job.issuanceId, trust: 'assumed', statusUri };
      expect(await account.connect({ fetch: watching }).check(job.submitted(receipt))).toMatchObject({
        state: 'confirmed',
      });
      expect([...hosts]).toEqual([ownHost()]);
    }
    expect(account.trap.requests()).toBe(0);
  });

  test.each([{ status_uri: 7 }, { status_uri: 'x'.repeat(5000) }, { status_uri: null }])(
    'one that is not a string or endless does not spoil the mint: %j',
    async (wrong) => {
      const job = account.job();
      const changed: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        if (!String(input).endsWith('/credential/issue')) return response;
        return Response.json({ ...((await response.json()) as object), ...wrong });
      };
      expect((await account.connect({ fetch: changed }).submit(job)).receipt).not.toHaveProperty('statusUri');
    },
  );
});

describe('fault 17: redirects', () => {
  test.each(['trusted-contact', 'mint', 'push', 'status', 'token'])('of the %s are not followed', async (operation) => {
    account.fault({ kind: 'redirect', operation, location: `http://${account.trap.host}/api/v2/issue/x` });
    const provider = account.connect({
      account: { authentication: 'oauth2' },
      credential: { trust: 'register' },
    });
    const job = account.job({ holder: 'stranger' });
    const end = await endOf(provider.submit(job).then(({ receipt }) => provider.check(job.submitted(receipt))));
    expect(end).toMatch(/^(provider-refused-request|provider-unavailable): HTTP 307 to the /);
    expect(account.trap.requests()).toBe(0);
  });
});

test('fault 29: a wallet on another host never learns our key; everything else goes to the account', async () => {
  const seen = new Map<string, string | null>();
  const wallets = 'https://wallets.example';
  const watching: typeof fetch = (input, init) => {
    const { pathname, origin } = new URL(String(input));
    const [, , kind = ''] = pathname.split('/');
    seen.set(`${origin} ${kind}`, new Headers(init?.headers).get('x-api-key'));
    return origin === wallets ? Promise.resolve(new Response(null, { status: 201 })) : fetch(input, init);
  };
  const connection = { fetch: watching, account: { walletBaseUrl: wallets } };
  await account.connect({ ...connection, credential: { trust: 'register' } }).submit(account.job({ holder: 'wary' }));
  expect(Object.fromEntries(seen)).toEqual({
    [`${account.sandbox.url} wallets`]: 'test-key',
    [`${account.sandbox.url} v2`]: 'test-key',
    [`${wallets} oidc`]: null,
  });
});
