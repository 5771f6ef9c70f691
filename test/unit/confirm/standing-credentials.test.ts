/** What a confirmation says of the credential that stands: an older one, or one that a newer one has replaced. */

import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { confirm } from '../../../lib/confirm/confirm.ts';
import type { IssuanceId } from '../../../lib/issuance/ids.ts';
import type { Standing } from '../../../lib/issuance/provider.ts';
import { viewOf } from '../../../lib/issuance/view.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { submission } from '../../fakes/scripted-provider.ts';
import { hour, World } from '../../fakes/world.ts';

const startedAt = '2026-11-22T09:00:00.000Z';
const confirmed: Standing = { state: 'confirmed', assurance: 'on-chain' };

async function submitted(world: World, idempotencyKey: string): Promise<IssuanceId> {
  const { id } = (await accept(world.request({ idempotencyKey }), world.ports())).issuance;
  expect(await submit(id, 1, world.ports())).toEqual({ end: 'done', poll: true });
  return id;
}

async function polled(world: World, id: IssuanceId, standing: Standing) {
  world.provider.onCheck(standing);
  await confirm({ ids: [id], startedAt, round: 0 }, world.ports());
  return (await world.store.get(id)) ?? expect.unreachable();
}

describe('fault 47: an older credential stands', () => {
  test('as the hand-over found: record, view and event say so', async () => {
    const world = new World();
    world.provider.onSubmit({ ...submission('old'), existing: true });
    const record = await polled(world, await submitted(world, 'a'), confirmed);
    expect(record).toMatchObject({ status: 'confirmed', existing: true });
    expect(viewOf(record).existing).toBe(true);
    expect(world.announcer.events).toMatchObject([{ status: 'confirmed', existing: true }]);
  });

  test('as its date shows when it is asked about', async () => {
    const world = new World();
    const record = await polled(world, await submitted(world, 'a'), { ...confirmed, existing: true });
    expect(record).toMatchObject({ status: 'confirmed', existing: true });
  });

  test('nothing is said where these claims were issued', async () => {
    const world = new World();
    const record = await polled(world, await submitted(world, 'a'), confirmed);
    expect(record).not.toHaveProperty('existing');
    expect(record).not.toHaveProperty('replaced');
    expect(world.announcer.events[0]).not.toHaveProperty('existing');
  });
});

describe('fault 48: an unconfirmed one is confirmed', () => {
  async function parkedThenNewer(newerIsIssued: boolean): Promise<[World, IssuanceId]> {
    const world = new World();
    const older = await submitted(world, 'older');
    world.clock.advance(25 * hour);
    expect((await polled(world, older, { state: 'pending' })).status).toBe('unconfirmed');
    if (newerIsIssued) {
      const newer = await submitted(world, 'newer');
      expect((await polled(world, newer, confirmed)).status).toBe('confirmed');
      expect(await world.store.get(newer)).not.toHaveProperty('replaced');
    }
    return [world, older];
  }

  test('after a newer one was issued: its event says that it was replaced, and the newest stays the slot’s latest', async () => {
    const [world, older] = await parkedThenNewer(true);
    const record = await polled(world, older, confirmed);
    expect(record).toMatchObject({ status: 'confirmed', replaced: true });
    expect(viewOf(record).replaced).toBe(true);
    expect(world.announcer.events.at(-1)).toMatchObject({ id: older, status: 'confirmed', replaced: true });
    expect((await world.slots.get(record.slot))?.receipts).toEqual(['receipt-1', 'receipt-2']);
  });

  test('without a newer one it is not', async () => {
    const [world, older] = await parkedThenNewer(false);
    const record = await polled(world, older, confirmed);
    expect(record.status).toBe('confirmed');
    expect(record).not.toHaveProperty('replaced');
  });
});
