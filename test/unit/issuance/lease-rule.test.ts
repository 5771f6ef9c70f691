/** Who may take a slot: every case of the rule, without a store. */
import { describe, expect, test } from 'vitest';
import { leaseVerdict, nextLease } from '../../../lib/issuance/lease-rule.ts';
import { occupiesSlot, type Status, statuses } from '../../../lib/issuance/status.ts';

const [before, now, later] = ['2026-11-25T10:00:00.000Z', '2026-11-25T10:00:01.000Z', '2026-11-25T10:00:02.000Z'];
const lease = (until: string, owner = 'a') => ({ owner, token: 7, until });
const candidate = (rank = '2', status: Status = 'queued') => ({ id: 'b', rank, status });

describe('the verdict on a slot', () => {
  test('is free without a lease, and once the lease has run out', () => {
    expect(leaseVerdict({ newest: '2' }, candidate(), undefined, now)).toBe('free');
    expect(leaseVerdict({ newest: '2', lease: lease(before) }, candidate(), undefined, now)).toBe('free');
    expect(leaseVerdict({ newest: '2', lease: lease(now) }, candidate(), undefined, now)).toBe('free');
  });

  test('is busy while a lease runs, even the own one: another worker has it', () => {
    expect(leaseVerdict({ newest: '2', lease: lease(later) }, candidate(), undefined, now)).toBe('busy');
    expect(leaseVerdict({ newest: '2', lease: lease(later, 'b') }, candidate(), undefined, now)).toBe('busy');
  });

  test.each(statuses)('is busy after the lease when the last owner, %s, may have a credential under way', (status) => {
    const slot = { newest: '2', lease: lease(before) };
    expect(leaseVerdict(slot, candidate(), { id: 'a', status }, now)).toBe(occupiesSlot(status) ? 'busy' : 'free');
    expect(leaseVerdict(slot, candidate(), { id: 'b', status }, now)).toBe('free');
  });

  test('is overtaken for a queued issuance only: of any other, something may be at the provider', () => {
    for (const status of statuses) {
      const expected = status === 'queued' ? 'overtaken' : 'free';
      expect(leaseVerdict({ newest: '3' }, candidate('2', status), undefined, now)).toBe(expected);
    }
    expect(leaseVerdict({ newest: '3', lease: lease(later) }, candidate(), undefined, now)).toBe('overtaken');
  });
});

test('the next lease has a higher token than the last one', () => {
  expect(nextLease(undefined, 'b', later)).toEqual({ owner: 'b', token: 1, until: later });
  expect(nextLease(lease(before), 'b', later)).toEqual({ owner: 'b', token: 8, until: later });
});
