/** How long work has waited: from when it was accepted, whatever is tried meanwhile. */

import { expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { issuanceId, slotKey } from '../../../lib/issuance/ids.ts';
import { measureWaiting } from '../../../lib/operate/reconcile/measure-waiting.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

const iss = (letter: string) => issuanceId(`iss_${letter.repeat(27)}`);
const before = (minutes: number) => new Date(Date.parse('2026-11-22T09:00:00.000Z') - minutes * 60_000).toISOString();
const later = '2026-11-22T11:00:00.000Z';

async function measured(world: World): Promise<Record<string, number>> {
  await measureWaiting(world.ports());
  return Object.fromEntries(world.log.of('waiting-measured').map(({ status, seconds }) => [status, seconds]));
}

test('nothing waits: zeros, so that reconcile is heard', async () => {
  expect(await measured(new World())).toEqual({ queued: 0, submitting: 0, submitted: 0 });
});

test('fault 42: the age counts from queueing, not from the due time that each try moves on', async () => {
  const world = new World();
  world.store.put(issuanceIn('queued', { id: iss('a'), queuedAt: before(50), dueAt: later }));
  world.store.put(issuanceIn('queued', { id: iss('b'), queuedAt: before(3) }));
  world.store.put(issuanceIn('submitting', { id: iss('c'), queuedAt: before(20), dueAt: later }));
  expect(await measured(world)).toEqual({ queued: 3000, submitting: 1200, submitted: 0 });
});

test('fault 42: a submitted one counts once nobody has asked about it in time', async () => {
  const world = new World();
  world.store.put(issuanceIn('submitted', { id: iss('a'), submittedAt: before(9), dueAt: before(1) }));
  world.store.put(issuanceIn('submitted', { id: iss('b'), submittedAt: before(60), dueAt: later }));
  expect(await measured(world)).toMatchObject({ submitted: 540 });
});

test('what waits for newer events by its program’s wish does not count yet', async () => {
  const world = new World();
  const ports = world.ports();
  const program = ports.programs.find('program-a');
  if (program === undefined) throw new Error('no program');
  const programs = { ...ports.programs, find: () => ({ ...program, coalesceSeconds: 900 }) };
  await accept(world.request(), { ...ports, programs });
  world.clock.advance(900_000);
  expect(await measured(world)).toMatchObject({ queued: 0 });
  world.clock.advance(420_000);
  await measureWaiting(ports);
  expect(world.log.of('waiting-measured').findLast(({ status }) => status === 'queued')?.seconds).toBe(420);
});

test('what waits behind another one of its slot is left out, until that one has ended', async () => {
  const world = new World();
  const slot = slotKey('program-a#holder');
  world.store.put(issuanceIn('submitted', { id: iss('a'), slot, dueAt: later }));
  world.store.put(issuanceIn('queued', { id: iss('b'), slot, queuedAt: before(50) }));
  world.store.put(issuanceIn('queued', { id: iss('c'), slot: slotKey('program-a#other'), queuedAt: before(4) }));
  await world.slots.raise(slot, '2026');
  await world.slots.acquire({ key: slot, newest: '', issuances: [] }, { owner: iss('a'), token: 1, until: before(1) });
  expect(await measured(world)).toMatchObject({ queued: 240 });
  world.store.put(issuanceIn('confirmed', { id: iss('a'), slot }));
  expect(await measured(world)).toMatchObject({ queued: 3000 });
});
