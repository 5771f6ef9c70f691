/** A lost call to AIR Kit is found out, never repeated blindly: one live credential whatever was lost. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderJob } from '../../lib/issuance/provider.ts';
import { endOf } from '../fakes/end-of.ts';
import { AirKitAccount, jobFor, lostAt } from './air-kit-account.ts';

let account: AirKitAccount;

beforeAll(async () => {
  account = await AirKitAccount.start();
});
afterAll(() => account.close());
afterEach(() => account.sandbox.switchboard.reset());

const fault = (rule: Record<string, unknown>) => account.sandbox.switchboard.merge({ faults: { tried: rule } });
const hour = 3600_000;
const anHourAgo = () => new Date(Date.now() - hour);

/** Makes the job's call get lost, with the commit or without; gives when it began. */
async function lose(job: ProviderJob, commit: boolean, onDuplicate: 'revoke' | 'ignore' = 'revoke'): Promise<Date> {
  const lostSince = new Date();
  fault({ kind: 'drop', operation: 'issue', commit, next: 1 });
  expect(await endOf(account.connect({ onDuplicate }).submit(job))).toBe('provider-answer-lost');
  return lostSince;
}

describe('fault 1: under revoke', () => {
  test('lost after the commit: its credential is adopted', async () => {
    const job = jobFor();
    const lostSince = await lose(job, true);
    const { live } = account.holding(job.holder);
    const recovery = await account.connect().recover(lostAt(job, lostSince));
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { knownAs: live } });
    expect(account.holding(job.holder)).toEqual({ issuedEver: 1, live });
  });

  test('answered by 503 after the commit: its credential is adopted, not replaced', async () => {
    const job = jobFor();
    const lostSince = new Date();
    fault({ kind: 'status', status: 503, operation: 'issue', commit: true, next: 1 });
    expect(await endOf(account.connect().submit(job))).toBe('provider-unavailable-in-doubt: HTTP 503');
    const { live } = account.holding(job.holder);
    const recovery = await account.connect().recover(lostAt(job, lostSince));
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { knownAs: live } });
    expect(account.holding(job.holder)).toEqual({ issuedEver: 1, live });
  });

  test('lost before the commit: the question itself issues, once', async () => {
    const job = jobFor();
    const lostSince = await lose(job, false);
    const recovery = await account.connect().recover(lostAt(job, lostSince));
    const { issuedEver, live } = account.holding(job.holder);
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { knownAs: live } });
    expect(issuedEver).toBe(1);
  });

  test.each([true, false])('the question is lost too (committed: %s): asking again finds the same', async (commit) => {
    const job = jobFor();
    const lostSince = await lose(job, commit);
    fault({ kind: 'drop', operation: 'issue', next: 1 });
    expect(await endOf(account.connect().recover(lostAt(job, lostSince)))).toBe('provider-answer-lost');
    expect((await account.connect().recover(lostAt(job, lostSince))).outcome).toBe('committed');
    expect(account.holding(job.holder).issuedEver).toBe(1);
  });

  test('fault 46: a status about another hash is not believed: it stays open', async () => {
    const job = jobFor();
    const lostSince = await lose(job, true);
    account.sandbox.switchboard.merge({ statusAbout: 'another' });
    const end = await endOf(account.connect().recover(lostAt(job, lostSince)));
    expect(end).toBe('provider-answer-unreadable: the status is about another coreClaimHash');
    expect(account.holding(job.holder).issuedEver).toBe(1);
  });

  test('the holder has only what the slot knew: the lost call did nothing', async () => {
    const job = jobFor();
    const { knownAs } = await account.connect().submit(job);
    const lostSince = await lose(job, false);
    const lost = lostAt({ ...job, knownReceipts: [knownAs] }, lostSince);
    expect(await account.connect().recover(lost)).toEqual({ outcome: 'not-committed' });
    expect(account.holding(job.holder)).toEqual({ issuedEver: 1, live: knownAs });
  });

  test('the slot knew one and the lost call replaced it: the new one is adopted', async () => {
    const job = jobFor();
    const { knownAs } = await account.connect().submit(job);
    const lostSince = await lose(job, true);
    const recovery = await account.connect().recover(lostAt({ ...job, knownReceipts: [knownAs] }, lostSince));
    const { live } = account.holding(job.holder);
    expect(live).not.toBe(knownAs);
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { knownAs: live } });
  });

  test.each([-50_000, 0, 200_000])(
    'an older credential that somebody else issued is not the lost one, the provider’s clock %i ms ahead',
    async (clockOffsetMs) => {
      account.sandbox.switchboard.merge({ clockOffsetMs });
      const job = jobFor();
      await account.connect().submit(job);
      const beganLater = lostAt(job, new Date(Date.now() + 11 * 60_000));
      expect(await account.connect().recover(beganLater)).toEqual({ outcome: 'not-committed' });
      const beganSoonAfter = lostAt(job, new Date(Date.now() + 10_000));
      expect(await endOf(account.connect().recover(beganSoonAfter))).toMatch(/^outcome-unknown/);
      const beganBefore = lostAt(job, new Date(Date.now() - 10_000));
      expect((await account.connect().recover(beganBefore)).outcome).toBe('committed');
    },
  );

  test('a 409 hides what the holder has: it cannot be told', async () => {
    const job = jobFor();
    const lostSince = await lose(job, true);
    account.sandbox.switchboard.merge({ ignoreAnswers: 'conflict' });
    expect(await endOf(account.connect().recover(lostAt(job, lostSince)))).toBe('outcome-unknown: HTTP 409 when asked');
  });

  test.each([
    ['is not to be found yet', { statusNotFoundMs: 1e6 }],
    ['cannot be asked about: 401', { faults: { tried: { kind: 'status', status: 401, operation: 'status' } } }],
    ['cannot be asked about: 403', { faults: { tried: { kind: 'status', status: 403, operation: 'status' } } }],
    ['cannot be asked about: 400', { faults: { tried: { kind: 'status', status: 400, operation: 'status' } } }],
    ['cannot be asked about: redirect', { faults: { tried: { kind: 'redirect', operation: 'status' } } }],
  ])('a credential that %s keeps it open, for it is there', async (_name, switches) => {
    const job = jobFor();
    const lostSince = await lose(job, true);
    account.sandbox.switchboard.merge(switches);
    expect(await endOf(account.connect().recover(lostAt(job, lostSince)))).toMatch(/^provider-answer-lost/);
    account.sandbox.switchboard.reset();
    expect((await account.connect().recover(lostAt(job, lostSince))).outcome).toBe('committed');
    expect(account.holding(job.holder).issuedEver).toBe(1);
  });

  test.each([
    [503, 'provider-unavailable-in-doubt'],
    [429, 'provider-rate-limited'],
    [500, 'provider-answer-lost'],
  ])('%i keeps it open: %s', async (status, code) => {
    const job = jobFor();
    const lostSince = await lose(job, true);
    fault({ kind: 'status', status, operation: 'issue' });
    expect(await endOf(account.connect().recover(lostAt(job, lostSince)))).toBe(`${code}: HTTP ${status}`);
  });

  test('claims the provider refuses were refused the first time too', async () => {
    const job = jobFor({ claims: { kycVerified: 'no' } });
    expect(await endOf(account.connect().recover(lostAt(job, anHourAgo())))).toBe('provider-rejected-claims: HTTP 400');
  });

  test('a status that cannot be read is no proof', async () => {
    const job = jobFor();
    const lostSince = await lose(job, true);
    fault({ kind: 'garbage', body: 'error-in-200', operation: 'status' });
    expect(await endOf(account.connect().recover(lostAt(job, lostSince)))).toMatch(/^provider-answer-unreadable/);
  });
});

describe('fault 1: under ignore', () => {
  test.each([true, false])('lost (committed: %s): whatever the holder has is what was asked for', async (commit) => {
    const job = jobFor();
    const lostSince = await lose(job, commit, 'ignore');
    const recovery = await account.connect({ onDuplicate: 'ignore' }).recover(lostAt(job, lostSince));
    const { issuedEver, live } = account.holding(job.holder);
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { knownAs: live } });
    expect(issuedEver).toBe(1);
  });

  test('an older one of somebody else’s counts as well', async () => {
    const job = jobFor();
    const { knownAs } = await account.connect().submit(job);
    const lost = lostAt(job, new Date(Date.now() + hour));
    const recovery = await account.connect({ onDuplicate: 'ignore' }).recover(lost);
    expect(recovery).toMatchObject({ outcome: 'committed', submission: { knownAs } });
  });

  test.each([true, false])('fault 47: answered by 409, a receipt known: %s: it cannot be told', async (known) => {
    account.sandbox.switchboard.merge({ ignoreAnswers: 'conflict' });
    const provider = account.connect({ onDuplicate: 'ignore' });
    const job = jobFor();
    const { knownAs } = await provider.submit(job);
    const lost = { ...lostAt(job, anHourAgo()), knownReceipts: known ? [knownAs] : [] };
    expect(await endOf(provider.recover(lost))).toBe('outcome-unknown: HTTP 409 when asked');
  });
});

test('fault 43: a lost call that is carried out after the question revokes what we hold, and the status says so', async () => {
  const job = jobFor();
  const lostSince = await lose(job, false);
  const provider = account.connect();
  const recovery = await provider.recover(lostAt(job, lostSince));
  if (recovery.outcome !== 'committed') expect.unreachable();
  // The provider carries the first call out now.
  await provider.submit(job);
  const { issuanceId, program, holder } = job;
  const { receipt } = recovery.submission;
  expect(await provider.check({ issuanceId, program, holder, receipt, begunAt: lostSince })).toEqual({
    state: 'revoked',
  });
});
