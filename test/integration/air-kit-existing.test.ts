/** Under `ignore` an older credential may stand: that is said, and a 409 that could mean a refusal is no success. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endOf } from '../fakes/end-of.ts';
import { AirKitAccount, jobFor, lostAt } from './air-kit-account.ts';

let account: AirKitAccount;

beforeAll(async () => {
  account = await AirKitAccount.start();
});
afterAll(() => account.close());
afterEach(() => account.sandbox.switchboard.reset());

const ignoring = () => account.connect({ onDuplicate: 'ignore' });
const hour = 3600_000;

describe('fault 47: under ignore', () => {
  test('what the slot knows from before is an older one; the first one is not', async () => {
    const job = jobFor();
    const first = await ignoring().submit(job);
    expect(first).not.toHaveProperty('existing');
    const again = await ignoring().submit({ ...job, knownReceipts: ['older', first.knownAs] });
    expect(again).toMatchObject({ knownAs: first.knownAs, existing: true });
    const found = await ignoring().recover(lostAt({ ...job, knownReceipts: [first.knownAs] }, new Date()));
    expect(found).toMatchObject({ outcome: 'committed', submission: { existing: true } });
  });

  test.each([
    ['long before', hour, true],
    ['shortly before', 100_000, true],
    ['shortly after', -100_000, false],
  ])(
    'what was issued %s it was handed over, by whomever and by a clock that is ahead',
    async (_when, aheadMs, existing) => {
      account.sandbox.switchboard.merge({ onchainDelayMs: 0, clockOffsetMs: 200_000 });
      const job = jobFor();
      const { receipt } = await ignoring().submit(job);
      const begunAt = new Date(Date.now() + aheadMs);
      const standing = await ignoring().check({ ...job, receipt, begunAt });
      expect(standing).toMatchObject({ state: 'confirmed' });
      expect('existing' in standing).toBe(existing);
    },
  );

  test('a 409 is neither taken for the credential the slot knows nor for a refusal of the holder', async () => {
    const job = jobFor();
    const { knownAs } = await ignoring().submit(job);
    const again = { ...job, knownReceipts: [knownAs] };
    account.sandbox.switchboard.merge({ ignoreAnswers: 'conflict' });
    expect(await endOf(ignoring().submit(again))).toBe('duplicate-or-refused: HTTP 409');
    account.sandbox.switchboard.reset();
    account.sandbox.switchboard.merge({ refusedConsent: [job.holder] });
    expect(await endOf(ignoring().submit(again))).toBe('duplicate-or-refused: HTTP 409');
    expect(account.holding(job.holder)).toEqual({ issuedEver: 1, live: knownAs });
  });
});

test('fault 47: under revoke a 409 is the holder’s refusal, and nothing existing is ever spoken of', async () => {
  account.sandbox.switchboard.merge({ onchainDelayMs: 0 });
  const job = jobFor();
  const { receipt } = await account.connect().submit(job);
  const begunAt = new Date(Date.now() + hour);
  expect(await account.connect().check({ ...job, receipt, begunAt })).not.toHaveProperty('existing');
  account.sandbox.switchboard.merge({ refusedConsent: [job.holder] });
  expect(await endOf(account.connect().submit(job))).toBe('holder-refused-consent: HTTP 409');
});
