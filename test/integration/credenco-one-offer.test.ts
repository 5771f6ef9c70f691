/** One offer at a time: the same one is pushed again however old it is, and another is minted only once it is dead. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retry } from '../../lib/operate/retry.ts';
import { endOf } from '../fakes/end-of.ts';
import type { TestJob } from '../fakes/test-job.ts';
import { CredencoTestAccount } from './credenco-account.ts';
import { CredencoWorld } from './credenco-world.ts';

const hour = 3600_000;
const day = 24 * hour;
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('fault 44: a push is lost and the offer unclaimed', () => {
  let account: CredencoTestAccount;

  beforeEach(async () => {
    account = await CredencoTestAccount.start();
    // Offers that live long at a provider that never says so.
    account.switch({ offerLifetimeMs: 100 * day });
  });
  afterEach(() => account.close());

  /** A job whose offer was minted and kept, and whose push got no answer. */
  async function lostPush(commit: boolean, connection = {}, holder = 'trusting'): Promise<TestJob> {
    const job = account.job({ holder });
    account.fault({ kind: 'drop', operation: 'push', commit, next: 1 });
    await endOf(account.connect(connection).submit(job));
    return job;
  }

  const offersOf = ({ issuanceId }: TestJob) => {
    const all = [issuanceId, `${issuanceId}.1`].map((id) => account.issuance(id)?.offersMinted ?? 0);
    return all.reduce((sum, count) => sum + count, 0);
  };

  test.each([
    ['eleven minutes', 11 * 60_000],
    ['six hours', 6 * hour],
    ['three days', 3 * day],
  ])('for %s: the same offer is pushed again, and one credential is issued', async (_name, aheadMs) => {
    const job = await lostPush(false);
    const since = account.now();
    account.aheadMs += aheadMs;
    const recovery = await account.connect().recover(job.lost(since));
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { knownAs: job.issuanceId } });
    await account.quiet();
    expect(account.sandbox.inspect().totals).toMatchObject({ offersMinted: 1, credentialsIssued: 1, kept: 1 });
  });

  test('and a wallet that claims the offer only after our second push still gets one credential', async () => {
    account.switch({ exchangeDelayMs: 300 });
    const job = await lostPush(true);
    account.aheadMs += 6 * hour;
    expect((await account.connect().recover(job.lost(new Date(0)))).outcome).toBe('committed');
    await account.quiet();
    expect(offersOf(job)).toBe(1);
    expect(account.sandbox.inspect().totals).toMatchObject({ credentialsIssued: 1, kept: 1 });
  });

  test('in an attempt that certainly did nothing, hours ago: the same offer', async () => {
    const job = account.job();
    account.fault({ kind: 'status', status: 429, operation: 'push', next: 1 });
    await endOf(account.connect().submit(job));
    account.aheadMs += 6 * hour;
    await account.connect().submit(job);
    await account.quiet();
    expect(offersOf(job)).toBe(1);
    expect(account.issuance(job.issuanceId)).toMatchObject({ pushes: 1, credentialsIssued: 1 });
  });

  test('a status nobody knows: neither pushed nor minted, in the next attempt either', async () => {
    const job = account.job();
    account.fault({ kind: 'status', status: 429, operation: 'push', next: 1 });
    await endOf(account.connect().submit(job));
    account.switch({ statusValue: 'credential_offered' });
    account.aheadMs += 6 * hour;
    expect(await endOf(account.connect().submit(job))).toBe(
      'provider-answer-lost: the status has a value that is not known',
    );
    expect(account.issuance(job.issuanceId)).toMatchObject({ offersMinted: 1, pushes: 0 });
  });

  test('the second push is refused: open as before, unless there is no such wallet', async () => {
    const job = await lostPush(true);
    account.switch({ statusDelayMs: 1e9 });
    for (const [status, end] of [
      [400, 'provider-answer-lost: HTTP 400 to the push, pushed again'],
      [403, 'provider-answer-lost: HTTP 403 to the push, pushed again'],
      [429, 'provider-rate-limited: HTTP 429 to the push'],
      [404, 'wallet-unknown: HTTP 404 to the push'],
    ] as const) {
      account.aheadMs += hour;
      account.fault({ kind: 'status', status, operation: 'push', next: 1 });
      expect(await endOf(account.connect().recover(job.lost(new Date(0))))).toBe(end);
    }
    expect(offersOf(job)).toBe(1);
  });

  test('the second push is lost too: its exchange is not disturbed by a third', async () => {
    const job = await lostPush(false);
    account.aheadMs += hour;
    account.fault({ kind: 'drop', operation: 'push', commit: false, next: 1 });
    const recovering = () => endOf(account.connect().recover(job.lost(new Date(0))));
    expect(await recovering()).toBe('provider-answer-lost: no answer to the push');
    account.aheadMs += 9000;
    expect(await recovering()).toBe('provider-answer-lost: the wallet may be claiming the offer');
    account.aheadMs += 1000;
    expect(await recovering()).toBe('accepted');
  });

  test('what the wallet said a day ago is not believed of a push today', async () => {
    const register = { credential: { trust: 'register' as const } };
    const job = await lostPush(false, register, 'stranger');
    const since = account.now();
    const trustAfter = async (aheadMs: number) => {
      account.aheadMs += aheadMs;
      account.fault({ kind: 'drop', operation: 'push', commit: false, next: 1 });
      await endOf(account.connect(register).recover(job.lost(since)));
      return job.progress['trust'];
    };
    expect(await trustAfter(23 * hour)).toBe('verified');
    expect(await trustAfter(2 * hour)).toBe('assumed');
  });

  test('the dead offer is replaced, and what revokes either of them stays in the receipt', async () => {
    const job = await lostPush(false);
    account.switch({ statusValue: 'error' });
    expect(await account.connect().recover(job.lost(new Date(0)))).toEqual({ outcome: 'not-committed' });
    const first = account.issuance(job.issuanceId)?.revocationUuid;
    account.sandbox.switchboard.reset();
    const { receipt } = await account.connect().submit(job);
    expect(receipt).toMatchObject({ correlationId: `${job.issuanceId}.1`, replacedRevocationUuids: first });
    await account.quiet();
    const standing = await account.connect().check(job.submitted(receipt));
    expect(standing).toMatchObject({ state: 'confirmed', receipt: { revocationUuid: uuid } });
  });

  test('a status that changes its uuid, as where a repeated id makes another offer: both are kept', async () => {
    const job = account.job();
    const { receipt } = await account.connect().submit(job);
    const changed = { ...receipt, revocationUuid: 'first', replacedRevocationUuids: 'a b' };
    await account.quiet();
    expect(await account.connect().check(job.submitted(changed))).toMatchObject({
      receipt: { revocationUuid: uuid, replacedRevocationUuids: 'a b first' },
    });
  });
});

describe('fault 44: through the real use cases', () => {
  let world: CredencoWorld;
  afterEach(() => world.close());

  test('every push lost for hours: one offer each, and once pushes arrive one credential each', async () => {
    world = await CredencoWorld.start(5);
    world.account.switch({
      offerLifetimeMs: 100 * day,
      faults: { lost: { kind: 'drop', operation: 'push', commit: false } },
    });
    await world.accept(5);
    await world.work(world.world.clock.now().getTime() + 6 * hour);
    expect(world.account.sandbox.inspect().totals).toMatchObject({ offersMinted: 5, credentialsIssued: 0 });
    world.account.switch({ faults: { lost: null } });
    const issuances = await world.untilDone();
    expect(new Set(issuances.map(({ status }) => status))).toEqual(new Set(['confirmed']));
    expect(world.account.sandbox.inspect().totals).toMatchObject({ offersMinted: 5, credentialsIssued: 5, kept: 5 });
  });

  test('never claimed: uncertain in the end; an operator’s retry pushes the same offer', async () => {
    world = await CredencoWorld.start(1);
    world.account.switch({
      offerLifetimeMs: 100 * day,
      faults: { lost: { kind: 'drop', operation: 'push', commit: false } },
    });
    await world.accept(1);
    const [parked] = await world.untilDone();
    expect(parked).toMatchObject({ status: 'uncertain', reason: { code: 'outcome-unknown' } });
    world.account.switch({ faults: { lost: null } });
    if (parked !== undefined) await retry(parked, world.ports());
    expect(await world.untilDone()).toMatchObject([{ status: 'confirmed' }]);
    expect(world.account.sandbox.inspect().totals).toMatchObject({ offersMinted: 1, credentialsIssued: 1, kept: 1 });
  });

  test('a status that stays issue_request_created: what revokes it is in the record all the same', async () => {
    world = await CredencoWorld.start(1);
    world.account.switch({ statusDelayMs: 1e9 });
    await world.accept(1);
    const [pending] = await world.untilDone();
    expect(pending).toMatchObject({ status: 'submitted', receipt: { revocationUuid: uuid } });
  });
});
