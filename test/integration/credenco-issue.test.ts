/** The contract's worked example through our adapter: minted, pushed, kept or discarded, and what we say of it. */

import { companyClaims } from '@issue-on-behalf/provider-sandboxes/test/credenco-backend';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../../lib/issuance/issuance.ts';
import type { Standing } from '../../lib/issuance/provider.ts';
import { endOf } from '../fakes/end-of.ts';
import type { TestJob } from '../fakes/test-job.ts';
import { type Connection, CredencoTestAccount } from './credenco-account.ts';

let account: CredencoTestAccount;

beforeAll(async () => {
  account = await CredencoTestAccount.start();
});
afterAll(() => account.close());
afterEach(() => account.sandbox.switchboard.reset());

/** Hands a job over and asks about it once the wallet has decided. */
async function issue(job: TestJob, connection: Connection = {}): Promise<{ receipt: Receipt; standing: Standing }> {
  const provider = account.connect(connection);
  const { receipt } = await provider.submit(job);
  await account.quiet();
  return { receipt, standing: await provider.check(job.submitted(receipt)) };
}

const wallet = (key: string) => account.sandbox.inspect({ wallet: key }).wallets[0];
const register = { credential: { trust: 'register' as const } };
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('into a wallet that trusts us', () => {
  test('one mint, one push, one credential with the right claims', async () => {
    const job = account.job();
    const { receipt, standing } = await issue(job);
    expect(receipt).toEqual({
      correlationId: job.issuanceId,
      trust: 'assumed',
      statusUri: `${account.sandbox.url}/api/v2/issue/${job.issuanceId}`,
    });
    expect(standing).toEqual({ state: 'confirmed', assurance: 'provider-reported', receipt: { revocationUuid: uuid } });
    expect(account.issuance(job.issuanceId)).toMatchObject({
      templateId: 'ebw_oid',
      offersMinted: 1,
      pushes: 1,
      credentialsIssued: 1,
    });
    const kept = wallet('trusting')?.credentials.find(({ correlationId }) => correlationId === job.issuanceId);
    expect(kept).toMatchObject({ claims: companyClaims, attended: false, signatureVerified: true });
  });

  test('the uuid is the one that revokes this credential', async () => {
    const job = account.job();
    const { standing } = await issue(job);
    const { revocationUuid } = standing.state === 'confirmed' ? (standing.receipt ?? {}) : {};
    expect(account.issuance(job.issuanceId)?.revocationUuid).toBe(revocationUuid);
  });

  test('without a status list there is no uuid, and that is no error', async () => {
    const { standing } = await issue(account.job(), { credential: { templateId: 'plain' } });
    expect(standing).toEqual({ state: 'confirmed', assurance: 'provider-reported' });
  });

  test('the offer is kept before it is pushed', async () => {
    const job = account.job();
    let pushesWhenKept: number | undefined;
    const keep = job.keep.bind(job);
    job.keep = async (progress) => {
      pushesWhenKept = account.issuance(job.issuanceId)?.pushes;
      await keep(progress);
    };
    await account.connect().submit(job);
    expect(pushesWhenKept).toBe(0);
    expect(job.kept).toHaveLength(1);
    expect(job.progress['offerUri']).toBe(account.issuance(job.issuanceId)?.offers[0]?.offerUri);
  });
});

describe('trust', () => {
  test('registered before the first issue: kept, and trust-verified; the second issue makes no contact', async () => {
    const before = account.calls('trusted-contact');
    const first = await issue(account.job({ holder: 'a/b?c d' }), register);
    expect(first.standing).toMatchObject({ assurance: 'trust-verified' });
    expect(first.receipt).toMatchObject({ trust: 'verified' });
    const second = await issue(account.job({ holder: 'a/b?c d' }), register);
    expect(second.standing).toMatchObject({ assurance: 'trust-verified' });
    expect(account.calls('trusted-contact') - before).toBe(1);
    expect(wallet('a/b?c d')?.credentials).toHaveLength(2);
  });

  test('assumed: the wallet discards what we send, and we claim no more than the provider reported', async () => {
    const job = account.job({ holder: 'stranger' });
    const { standing } = await issue(job);
    expect(standing).toMatchObject({ state: 'confirmed', assurance: 'provider-reported' });
    expect(wallet('stranger')?.credentials).toEqual([]);
    expect(wallet('stranger')?.discarded).toMatchObject([
      { correlationId: job.issuanceId, reason: 'issuer-not-trusted' },
    ]);
  });

  test.each([
    [409, 'provider-reported', false],
    [422, 'provider-reported', false],
    [400, 'provider-reported', false],
    [200, 'trust-verified', true],
    ['shown-in-409', 'trust-verified', true],
  ] as const)('fault 45: a contact that exists, answered by %s: %s', async (existingContact, assurance, remembered) => {
    const world = await CredencoTestAccount.start();
    world.switch({ existingContact });
    const job = world.job();
    const { receipt } = await world.connect(register).submit(job);
    await world.quiet();
    expect(await world.connect(register).check(job.submitted(receipt))).toMatchObject({ assurance });
    await world.connect(register).submit(world.job());
    expect(world.calls('trusted-contact')).toBe(remembered ? 1 : 2);
    await world.close();
  });

  test.each([
    ['a lost answer', { kind: 'drop', next: 1 }, 'provider-unavailable: no answer to the contact'],
    ['500', { kind: 'status', status: 500, next: 1 }, 'provider-unavailable: no answer to the contact'],
    [
      'an answer nobody can read',
      { kind: 'garbage', body: 'html', next: 1 },
      'provider-unavailable: no answer to the contact',
    ],
    ['a redirect', { kind: 'redirect', next: 1 }, 'provider-refused-request: HTTP 307 to the contact'],
    ['403', { kind: 'status', status: 403, next: 1 }, 'provider-feature-disabled: HTTP 403 to the contact'],
    ['429', { kind: 'status', status: 429, next: 1 }, 'provider-rate-limited: HTTP 429 to the contact'],
  ])('%s to the contact: nothing is minted, and it may be repeated', async (_name, rule, end) => {
    const world = await CredencoTestAccount.start();
    const job = world.job({ holder: 'stranger' });
    world.fault({ operation: 'trusted-contact', ...rule });
    expect(await endOf(world.connect(register).submit(job))).toBe(end);
    expect(job.kept).toEqual([]);
    expect(world.calls('mint')).toBe(0);
    world.switch({ existingContact: 200 });
    expect((await world.connect(register).submit(job)).receipt).toMatchObject({ trust: 'verified' });
    await world.quiet();
    expect(world.sandbox.inspect().totals).toMatchObject({ kept: 1, discarded: 0 });
    await world.close();
  });

  test('a program without it never makes a contact', async () => {
    const before = account.calls('trusted-contact');
    await issue(account.job({ holder: 'stranger' }));
    expect(account.calls('trusted-contact')).toBe(before);
  });
});

describe('wallets', () => {
  test.each(['assume', 'register'] as const)('an unknown key under %s: wallet-unknown', async (trust) => {
    const call = trust === 'assume' ? 'push' : 'contact';
    const end = await endOf(account.connect({ credential: { trust } }).submit(account.job({ holder: 'nobody' })));
    expect(end).toBe(`wallet-unknown: HTTP 404 to the ${call}`);
  });

  const odd = ['a/b', 'a?b=c&directIssue=false', 'a#b', 'a%2Fb', '%2e%2e', 'a b', 'Größe 会社 🏢', 'a+b', 'a:b;c=d@e'];
  test.each(odd)('the key %j reaches its wallet and no other', async (key) => {
    const others = odd.filter((other) => other !== key).map((externalKey) => ({ externalKey }));
    const ours = { externalKey: key, trustedContacts: [{ issuer: 'credenco', name: 'Credenco' }] };
    const world = await CredencoTestAccount.start({ wallets: [ours, ...others] });
    await world.connect(register).submit(world.job({ holder: key }));
    await world.quiet();
    const holding = world.sandbox.inspect().wallets.filter(({ credentials }) => credentials.length > 0);
    expect(holding.map(({ externalKey }) => externalKey)).toEqual([key]);
    await world.close();
  });
});

describe('asking', () => {
  test('before the wallet has claimed the offer it is pending', async () => {
    account.switch({ exchangeDelayMs: 300 });
    const job = account.job();
    const { receipt } = await account.connect().submit(job);
    expect(await account.connect().check(job.submitted(receipt))).toEqual({
      state: 'pending',
      receipt: { revocationUuid: uuid },
    });
    await account.quiet();
  });

  test('an issuer that refuses the exchange: failed, with what to do', async () => {
    account.switch({ refuseCredential: true });
    const { standing } = await issue(account.job());
    const reason = { code: 'credential-exchange-failed' };
    expect(standing).toEqual({ state: 'failed', reason, receipt: { revocationUuid: uuid } });
  });

  test('fault 20: a value nobody has seen is neither success nor failure', async () => {
    account.switch({ statusValue: 'credential_offered' });
    expect((await issue(account.job())).standing).toMatchObject({ state: 'unrecognized' });
  });

  test('a status that is not there yet is missing, on both of its paths', async () => {
    account.switch({ statusNotFoundMs: 1e9, statusUri: 'other-origin', elsewhere: account.trap.host });
    const before = account.calls('status');
    expect((await issue(account.job())).standing).toEqual({ state: 'missing' });
    expect(account.calls('status') - before).toBe(2);
  });

  test('where only the variant of the path exists, it is found', async () => {
    const job = account.job();
    const { receipt } = await account.connect().submit(job);
    await account.quiet();
    const onlyVariant: typeof fetch = async (input, init) =>
      String(input).includes('/api/v2/issue/') ? new Response('', { status: 404 }) : fetch(input, init);
    const { statusUri: _statusUri, ...rest } = receipt;
    const standing = await account.connect({ fetch: onlyVariant }).check(job.submitted(rest));
    expect(standing).toMatchObject({ state: 'confirmed' });
  });
});
