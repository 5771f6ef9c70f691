/** Clocks that differ by five minutes, ours or the provider's: a clear reason, nothing issued, and it heals. */

import { kycClaims } from '@issue-on-behalf/provider-sandboxes/test/air-kit-partner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../lib/accept/accept.ts';
import { describeCode } from '../../lib/issuance/error-codes.ts';
import { retry } from '../../lib/operate/retry.ts';
import { submit } from '../../lib/submit/submit.ts';
import { endOf } from '../fakes/end-of.ts';
import { SingleProgram } from '../fakes/single-program.ts';
import { World } from '../fakes/world.ts';
import { AirKitAccount, jobFor } from './air-kit-account.ts';

const seconds = 1000;
const minutes = 60 * seconds;
let account: AirKitAccount;

beforeAll(async () => {
  account = await AirKitAccount.start();
});
afterAll(() => account.close());
beforeEach(() => {
  account.aheadMs = 0;
  account.sandbox.switchboard.reset();
});

/** Sets our clock and theirs ahead (or behind) of the true time. */
function setClocks(ours: number, theirs: number): void {
  account.aheadMs = ours;
  account.sandbox.switchboard.merge({ jwksCacheMs: 0, clockOffsetMs: theirs });
}

describe('fault 27: our clock and the provider’s', () => {
  test.each([
    ['ours 30 s ahead', 30 * seconds, 0],
    ['theirs 30 s ahead', 0, 30 * seconds],
    ['ours 50 s ahead', 50 * seconds, 0],
    ['theirs four minutes ahead', 0, 4 * minutes],
    ['both five minutes off', 5 * minutes, 5 * minutes],
  ])('%s: a token is back-dated and lives long enough', async (_what, ours, theirs) => {
    setClocks(ours, theirs);
    expect(await endOf(account.connect().submit(jobFor()))).toBe('accepted');
  });

  test.each([
    ['ours five minutes ahead', 5 * minutes, 0],
    ['ours five minutes behind', -5 * minutes, 0],
    ['theirs five minutes ahead', 0, 5 * minutes],
    ['theirs five minutes behind', 0, -5 * minutes],
  ])(
    '%s: failed with a clear reason, nothing issued; corrected and retried, it is issued',
    async (_what, ours, theirs) => {
      const world = new World();
      const programs = new SingleProgram(account.connect());
      const ports = { ...world.ports(), programs };
      const holder = `clock-${ours}-${theirs}@example.com`;
      const { issuance } = await accept(world.request({ holder, claims: kycClaims }), ports);
      setClocks(ours, theirs);
      await submit(issuance.id, 1, ports);
      const failed = await world.store.get(issuance.id);
      expect(failed).toMatchObject({ status: 'failed', reason: { code: 'provider-refused-signature' } });
      expect(account.holding(holder).issuedEver).toBe(0);
      setClocks(0, 0);
      if (failed) await retry(failed, ports);
      expect(await submit(issuance.id, 1, ports)).toEqual({ end: 'done', poll: true });
      expect(account.holding(holder).issuedEver).toBe(1);
    },
  );

  test('the reason says to look at the clock', () => {
    expect(describeCode('provider-refused-signature').advice).toMatch(/clock/i);
  });
});
