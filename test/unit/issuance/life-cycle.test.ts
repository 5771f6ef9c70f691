/** The life cycle: which status may follow which, and what rests. */
import { describe, expect, test } from 'vitest';
import {
  allowedBefore,
  isFinal,
  isResting,
  mayFollow,
  occupiesSlot,
  type Status,
  statuses,
  statusesWith,
} from '../../../lib/issuance/status.ts';
import { stay } from '../../../lib/issuance/transitions/step.ts';
import { write } from '../../../lib/issuance/write.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

/** The table of the design, written out once more so that a slip in either is seen. */
const next: Record<Status, string> = {
  queued: 'submitting superseded failed',
  submitting: 'submitted queued failed uncertain',
  submitted: 'confirmed failed unconfirmed',
  unconfirmed: 'confirmed failed',
  uncertain: 'queued failed',
  confirmed: '',
  failed: 'queued',
  superseded: 'queued',
};
const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to, next[from].split(' ').includes(to)] as const));

describe('the table of transitions', () => {
  test.each(pairs)('%s → %s: %s', (from, to, allowed) => {
    expect(mayFollow(from, to)).toBe(allowed);
  });

  test.each(pairs)(
    'a store lets %s become %s in the same cases, and itself unless it is an end',
    (from, to, allowed) => {
      const stays = from === to && next[from] !== '';
      expect(allowedBefore(to).includes(from)).toBe(allowed || stays);
    },
  );

  test.each(['confirmed'] as const)('fault 20: %s is never written again', async (end) => {
    const world = new World();
    world.store.put(issuanceIn(end));
    const again = stay(issuanceIn(end), world.clock.now());
    expect(await write(again, world.ports())).toBeUndefined();
  });
});

describe('what a status means', () => {
  test('ends and parked ones rest, the others are under way', () => {
    expect(statuses.filter(isResting)).toEqual(['unconfirmed', 'uncertain', 'confirmed', 'failed', 'superseded']);
  });

  test('only one that rests is retried by an operator, and each that may become queued again', () => {
    const retryable = statusesWith('retry', 'by-id', 'in-bulk');
    expect(retryable).toEqual(['uncertain', 'failed', 'superseded']);
    expect(retryable).toEqual(statuses.filter((status) => isResting(status) && mayFollow(status, 'queued')));
    expect(statusesWith('retry', 'in-bulk')).toEqual(['uncertain', 'failed']);
  });

  test('holder and claims are needed under way, and kept for a time where it can still go on', () => {
    expect(statusesWith('personalData', 'needed')).toEqual(statusesWith('stage', 'under-way'));
    expect(statusesWith('personalData', 'dropped')).toEqual(statuses.filter(isFinal));
  });

  test('something moves on whatever is under way', () => {
    const moved = statusesWith('moves', 'worker', 'poller');
    expect(moved).toEqual([...statusesWith('stage', 'under-way'), 'unconfirmed']);
  });

  test('a slot is occupied while a credential may be on its way', () => {
    expect(statuses.filter(occupiesSlot)).toEqual(['submitting', 'submitted']);
  });
});
