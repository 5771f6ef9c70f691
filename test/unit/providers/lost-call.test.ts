/** The dates by which a lost call to AIR Kit is told from an older one. */
import { describe, expect, test } from 'vitest';
import { type CredentialStatus, parseIssuanceDate } from '../../../lib/providers/air-kit/answers.ts';
import type { AirKitClient } from '../../../lib/providers/air-kit/client.ts';
import { recoverLostCall } from '../../../lib/providers/air-kit/recover.ts';
import { jobFor } from '../../integration/air-kit-account.ts';

const now = new Date('2026-11-22T09:10:00.000Z');
const lostSince = new Date('2026-11-22T09:00:00.000Z');

/** A client that finds a credential of this date, at a provider whose clock is so far ahead. */
function finding(issuanceDate: string | undefined, clockOffsetMs = 0): AirKitClient {
  const status: CredentialStatus = { vcStatus: 'ONCHAIN', ...(issuanceDate !== undefined && { issuanceDate }) };
  return {
    issue: async () => ({ body: { coreClaimHash: 'found' }, clockOffsetMs }),
    status: async () => ({ body: status, clockOffsetMs }),
  };
}

async function recovery(client: AirKitClient): Promise<string> {
  const credential = { credentialId: 'kyc', onDuplicate: 'revoke' as const };
  try {
    return (await recoverLostCall({ ...jobFor(), lostSince }, credential, client, now)).outcome;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a credential nobody knew', () => {
  test.each<[string, string | undefined, number, string]>([
    ['of the same second', '2026-11-22 09:00:00', 0, 'committed'],
    ['of two seconds before, which may be rounding', '2026-11-22 08:59:58', 0, 'committed'],
    ['of three seconds before, by clocks that may differ', '2026-11-22 08:59:57', 0, 'outcome-unknown'],
    ['of ten minutes before', '2026-11-22 08:49:58', 0, 'outcome-unknown'],
    ['of longer before', '2026-11-22 08:49:57', 0, 'not-committed'],
    ['of now', '2026-11-22 09:10:00', 0, 'committed'],
    ['of eleven minutes from now', '2026-11-22 09:21:00', 0, 'outcome-unknown'],
    ['of no date', undefined, 0, 'outcome-unknown'],
    ['of a date that is none', 'yesterday', 0, 'outcome-unknown'],
    ['seen by a clock five minutes ahead', '2026-11-22 08:54:57', 300_000, 'not-committed'],
    ['of now, by a clock fifteen minutes ahead', '2026-11-22 09:25:00', 900_000, 'committed'],
    ['seen by a clock five minutes behind', '2026-11-22 08:55:00', -300_000, 'committed'],
  ])('%s', async (_name, date, offset, outcome) => expect(await recovery(finding(date, offset))).toBe(outcome));
});

describe('an issuance date', () => {
  test.each([
    ['2026-01-19 07:18:45', '2026-01-19T07:18:45.000Z'],
    ['2026-01-19T07:18:45Z', '2026-01-19T07:18:45.000Z'],
    ['2026-01-19 07:18:45.123', '2026-01-19T07:18:45.000Z'],
  ])('%s', (text, time) => expect(parseIssuanceDate(text)).toBe(Date.parse(time)));

  test.each(['', '2026-01-19', '2026-13-19 07:18:45', '2026-01-19 07:18:45+02:00', '1768807125', undefined])(
    '%s is none',
    (text) => expect(parseIssuanceDate(text)).toBeUndefined(),
  );
});
