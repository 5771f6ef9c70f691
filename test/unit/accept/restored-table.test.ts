/** New issuances after a restoration: those that may have been issued before it are in doubt, others are not. */
import { expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { mindfulOfRestoration } from '../../../lib/accept/restored-table.ts';
import type { Restoration } from '../../../lib/issuance/restoration.ts';
import { inDoubtSince } from '../../../lib/issuance/restoration.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

const lostSince = '2026-11-22T07:00:00.000Z';
const restoredAt = '2026-11-22T08:30:00.000Z';

async function attemptOf(occurredAt: string, restoration: Restoration | undefined) {
  const world = new World();
  const ports = world.ports();
  const store = { ...ports.store, ...mindfulOfRestoration(ports.store, { restoration: async () => restoration }) };
  await accept(world.request({ occurredAt }), { ...ports, store });
  return world.store.all()[0]?.attempt;
}

test.each([
  ['happened before the backup', '2026-11-22T06:00:00.000Z'],
  ['happened between backup and restoration', '2026-11-22T08:00:00.000Z'],
  ['happened at the moment of the restoration', restoredAt],
])('fault 67: an event that %s is in doubt since the backup', async (_what, occurredAt) => {
  expect(await attemptOf(occurredAt, { lostSince, restoredAt })).toEqual({ number: 0, fence: 0, openSince: lostSince });
});

test('fault 67: an event after the restoration, or in a table that was never restored, is not in doubt', async () => {
  expect(await attemptOf('2026-11-22T08:30:00.001Z', { lostSince, restoredAt })).toBeUndefined();
  expect(await attemptOf('2026-11-22T06:00:00.000Z', undefined)).toBeUndefined();
});

test('fault 67: nothing is accepted before the restoration has ended', async () => {
  await expect(attemptOf('2026-11-22T08:00:00.000Z', { lostSince })).rejects.toMatchObject({
    code: 'service-unavailable',
  });
});

test('fault 67: an earlier doubt remains, and a later one begins with the backup', () => {
  const earlier = '2026-11-22T06:00:00.000Z';
  const queued = (openSince: string) => issuanceIn('queued', { attempt: { number: 3, fence: 2, openSince } });
  expect(inDoubtSince(queued(earlier), lostSince).attempt).toEqual({ number: 3, fence: 2, openSince: earlier });
  expect(inDoubtSince(queued(restoredAt), lostSince).attempt).toEqual({ number: 3, fence: 2, openSince: lostSince });
});
