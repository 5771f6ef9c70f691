/** A lost mint or push, a crash between the two, an offer that ran out: one credential, and no dead end. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from '../../lib/issuance/provider.ts';
import { endOf } from '../fakes/end-of.ts';
import type { TestJob } from '../fakes/test-job.ts';
import { CredencoTestAccount } from './credenco-account.ts';

let account: CredencoTestAccount;
let provider: Provider;

beforeEach(async () => {
  account = await CredencoTestAccount.start();
  provider = account.connect();
});
afterEach(() => account.close());

const second = 1000;
const later = (ms: number) => {
  account.aheadMs += ms;
};
const kept = () => account.sandbox.inspect().totals.kept;

/** Loses the answer to one call, carried out or not. Gives when the attempt began. */
async function lose(operation: 'mint' | 'push', commit: boolean, job: TestJob): Promise<Date> {
  const since = account.now();
  account.fault({ kind: 'drop', operation, commit, next: 1 });
  expect(await endOf(provider.submit(job))).toBe(`provider-answer-lost: no answer to the ${operation}`);
  await account.quiet();
  return since;
}

describe('fault 1: a lost mint', () => {
  test.each([
    ['same', true, { offersMinted: 1 }],
    ['same', false, { offersMinted: 1 }],
    ['new', true, { offersMinted: 2 }],
    ['new', false, { offersMinted: 1 }],
    ['conflict', false, { offersMinted: 1 }],
  ] as const)('repeated ids: %s, carried out: %s', async (repeatedCorrelationId, commit, minted) => {
    account.switch({ repeatedCorrelationId });
    const job = account.job();
    const since = await lose('mint', commit, job);
    expect(await provider.recover(job.lost(since))).toEqual({ outcome: 'not-committed' });
    await provider.submit(job);
    await account.quiet();
    expect(account.issuance(job.issuanceId)).toMatchObject({ ...minted, pushes: 1, credentialsIssued: 1 });
    expect(kept()).toBe(1);
  });

  test('whose id is taken: another id serves, the first offer is never used', async () => {
    account.switch({ repeatedCorrelationId: 'conflict' });
    const job = account.job();
    const since = await lose('mint', true, job);
    expect(await provider.recover(job.lost(since))).toEqual({ outcome: 'not-committed' });
    const { receipt } = await provider.submit(job);
    expect(receipt).toMatchObject({ correlationId: `${job.issuanceId}.1` });
    await account.quiet();
    expect(await provider.check(job.submitted(receipt))).toMatchObject({ state: 'confirmed' });
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 0 });
    expect(kept()).toBe(1);
  });

  test('whose id is taken again and again by lost answers: the rounds do not begin again', async () => {
    account.switch({ repeatedCorrelationId: 'conflict' });
    const job = account.job();
    for (let tries = 0; tries < 7; tries += 1) {
      // From the second try on the first mint is the one that finds the id taken.
      account.fault({ kind: 'drop', operation: 'mint', every: tries === 0 ? 1 : 2, next: 1 });
      expect(await endOf(provider.submit(job))).toBe('provider-answer-lost: no answer to the mint');
      expect(await provider.recover(job.lost(account.now()))).toEqual({ outcome: 'not-committed' });
    }
    expect((await provider.submit(job)).receipt).toMatchObject({ correlationId: `${job.issuanceId}.7` });
  });

  test('whose offer has run out: the next has an id of its own', async () => {
    account.switch({ offerLifetimeMs: 0 });
    const job = account.job();
    const since = await lose('mint', true, job);
    expect(await provider.recover(job.lost(since))).toEqual({ outcome: 'not-committed' });
    account.sandbox.switchboard.reset();
    expect((await provider.submit(job)).receipt).toMatchObject({ correlationId: `${job.issuanceId}.1` });
  });

  test('at an account whose status is closed to us: nothing was pushed, so it goes on', async () => {
    const job = account.job();
    const since = await lose('mint', true, job);
    account.fault({ kind: 'status', status: 403, operation: 'status' });
    expect(await provider.recover(job.lost(since))).toEqual({ outcome: 'not-committed' });
  });
});

describe('fault 1: a lost push', () => {
  test('carried out: found out by asking, with the trust it was pushed under', async () => {
    const trusting = account.connect({ credential: { trust: 'register' } });
    const job = account.job({ holder: 'stranger' });
    account.fault({ kind: 'drop', operation: 'push', next: 1 });
    await endOf(trusting.submit(job));
    await account.quiet();
    const recovery = await trusting.recover(job.lost(account.now()));
    const receipt = { correlationId: job.issuanceId, trust: 'verified' };
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { receipt, knownAs: job.issuanceId } });
    expect(account.calls('push')).toBe(1);
  });

  test('carried out under assume, and the program changed since: what was discarded is not claimed', async () => {
    const job = account.job({ holder: 'stranger' });
    const since = await lose('push', true, job);
    const recovery = await account.connect({ credential: { trust: 'register' } }).recover(job.lost(since));
    expect(recovery).toMatchObject({ submission: { receipt: { trust: 'assumed' } } });
  });

  test('not carried out: the same offer is pushed, once the wallet had time', async () => {
    const job = account.job();
    const since = await lose('push', false, job);
    const soon = await endOf(provider.recover(job.lost(since)));
    expect(soon).toBe('provider-answer-lost: the wallet may be claiming the offer');
    later(10 * second);
    expect((await provider.recover(job.lost(since))).outcome).toBe('committed');
    await account.quiet();
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 1, credentialsIssued: 1 });
  });

  test('the wallet is slow: waited for, then the same offer again, which it uses once', async () => {
    account.switch({ exchangeDelayMs: 400 });
    const job = account.job();
    const since = account.now();
    account.fault({ kind: 'drop', operation: 'push', next: 1 });
    await endOf(provider.submit(job));
    later(11 * second);
    const recovery = await provider.recover(job.lost(since));
    const { receipt } = recovery.outcome === 'committed' ? recovery.submission : { receipt: {} };
    await account.quiet();
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 2, credentialsIssued: 1 });
    expect(kept()).toBe(1);
    expect(await provider.check(job.submitted(receipt))).toMatchObject({ state: 'confirmed' });
  });

  test('a status nobody has seen, or that cannot be asked, keeps it open: no second push, no second offer', async () => {
    const job = account.job();
    const since = await lose('push', true, job);
    later(3600 * second);
    account.switch({ statusValue: 'credential_offered' });
    const unknown = await endOf(provider.recover(job.lost(since)));
    expect(unknown).toBe('provider-answer-lost: the status has a value that is not known');
    account.sandbox.switchboard.reset();
    for (const status of [400, 401, 403]) {
      account.fault({ kind: 'status', status, operation: 'status' });
      const closed = await endOf(provider.recover(job.lost(since)));
      expect(closed).toBe('provider-answer-lost: the status cannot be asked for');
    }
    account.sandbox.switchboard.reset();
    expect((await provider.recover(job.lost(since))).outcome).toBe('committed');
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 1 });
  });

  test.each([
    [500, 'provider-answer-lost'],
    [503, 'provider-unavailable'],
    [429, 'provider-rate-limited'],
  ])('%i to the question: %s, and asked again', async (status, code) => {
    const job = account.job();
    const since = await lose('push', true, job);
    account.fault({ kind: 'status', status, operation: 'status' });
    expect(await endOf(provider.recover(job.lost(since)))).toBe(`${code}: HTTP ${status} to the status`);
  });

  test('refused with 503 after it was carried out: found out like any lost answer', async () => {
    const job = account.job();
    account.fault({ kind: 'status', status: 503, commit: true, operation: 'push', next: 1 });
    expect(await endOf(provider.submit(job))).toBe('provider-answer-lost: HTTP 503 to the push');
    await account.quiet();
    expect((await provider.recover(job.lost(account.now()))).outcome).toBe('committed');
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 1, credentialsIssued: 1 });
  });
});

describe('fault 2: a crash', () => {
  test('right after the offer was kept: the same offer is pushed', async () => {
    const job = account.job();
    const keep = job.keep.bind(job);
    job.keep = async (progress) => {
      await keep(progress);
      throw new Error('died');
    };
    await expect(provider.submit(job)).rejects.toThrow('died');
    job.keep = keep;
    later(10 * second);
    expect((await provider.recover(job.lost(new Date(Date.now() - 1)))).outcome).toBe('committed');
    await account.quiet();
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 1, credentialsIssued: 1 });
  });

  test('right after the push: found out, nothing is done twice', async () => {
    const job = account.job();
    const since = account.now();
    await provider.submit(job);
    await account.quiet();
    expect((await provider.recover(job.lost(since))).outcome).toBe('committed');
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 1, credentialsIssued: 1 });
  });
});

describe('an offer that ran out before it was pushed', () => {
  async function minted(offerLifetimeMs: number): Promise<TestJob> {
    account.switch({ offerLifetimeMs });
    const job = account.job();
    account.fault({ kind: 'status', status: 503, operation: 'push', next: 1 });
    await endOf(provider.submit(job));
    account.sandbox.switchboard.reset();
    return job;
  }

  test('the provider says so: another is minted, under an id of its own', async () => {
    const job = await minted(0);
    expect((await provider.submit(job)).receipt).toMatchObject({ correlationId: `${job.issuanceId}.1` });
    await account.quiet();
    expect(account.issuance(job.issuanceId)).toMatchObject({ pushes: 0 });
    expect(kept()).toBe(1);
  });

  test('in an attempt whose answer was lost: the same', async () => {
    const job = await minted(0);
    expect(await provider.recover(job.lost(account.now()))).toEqual({ outcome: 'not-committed' });
    expect(job.progress).toEqual({ round: '1', replacedRevocationUuids: expect.any(String) });
    expect((await provider.submit(job)).receipt).toMatchObject({ correlationId: `${job.issuanceId}.1` });
  });

  test('it is resumed while it is good, also where the status cannot be asked', async () => {
    const job = await minted(3600 * second);
    account.fault({ kind: 'status', status: 403, operation: 'status' });
    expect((await provider.submit(job)).receipt).toMatchObject({ correlationId: job.issuanceId });
  });
});

test('an operator’s retry after a failed exchange mints a new offer, which is kept', async () => {
  account.switch({ refuseCredential: true });
  const job = account.job();
  const first = await provider.submit(job);
  await account.quiet();
  expect(await provider.check(job.submitted(first.receipt))).toMatchObject({ state: 'failed' });
  account.sandbox.switchboard.reset();
  job.progress = { round: '1' };
  const { receipt } = await provider.submit(job);
  await account.quiet();
  expect(await provider.check(job.submitted(receipt))).toMatchObject({ state: 'confirmed' });
  expect(account.issuance(`${job.issuanceId}.1`)).toMatchObject({ offersMinted: 1, credentialsIssued: 1 });
});
