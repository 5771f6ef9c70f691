/** A lost call may be carried out later than what settles: a confirmation is looked at once more before it is believed. */

import { expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { confirm } from '../../../lib/confirm/confirm.ts';
import { type IssuanceId, issuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import type { Recovery, Standing } from '../../../lib/issuance/provider.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { submission } from '../../fakes/scripted-provider.ts';
import { settlingMs, World } from '../../fakes/world.ts';

const confirmed: Standing = { state: 'confirmed', assurance: 'on-chain' };
const revoked: Standing = { state: 'revoked' };
const minute = 60_000;

function worldOfLateCalls(): World {
  const world = new World();
  world.provider.askingMayIssue = true;
  return world;
}

async function accepted(world: World, key: string, occurredAt = world.clock.now().toISOString()): Promise<IssuanceId> {
  return (await accept(world.request({ idempotencyKey: key, occurredAt }), world.ports())).issuance.id;
}

async function polled(world: World, id: IssuanceId, standing: Standing) {
  world.provider.onCheck(standing);
  const startedAt = world.clock.now().toISOString();
  const { next } = await confirm({ ids: [id], startedAt, round: 0 }, world.ports());
  return { next, ...((await world.store.get(id)) ?? expect.unreachable()) };
}

/** An issuance whose hand-over was lost, and about which the provider was then asked. */
async function foundOut(world: World, recovery: Recovery | IssuanceError): Promise<IssuanceId> {
  const id = await accepted(world, 'lost');
  world.provider.onSubmit(new IssuanceError('provider-answer-lost')).onRecover(recovery);
  await submit(id, 1, world.ports());
  world.clock.advance(settlingMs);
  await submit(id, 2, world.ports());
  return id;
}

test.each<[string, Recovery]>([
  ['the credential was found or issued by the question', { outcome: 'committed', submission: submission('found') }],
  ['it was handed over again', { outcome: 'not-committed' }],
])('fault 43: a lost call, %s: confirmed only after as much time again', async (_name, recovery) => {
  const world = worldOfLateCalls();
  const id = await foundOut(world, recovery);
  expect(await polled(world, id, confirmed)).toMatchObject({ status: 'submitted', next: 'wait' });
  world.clock.advance(settlingMs - 1);
  expect(await polled(world, id, confirmed)).toMatchObject({ status: 'submitted', next: 'wait' });
  world.clock.advance(1);
  expect(await polled(world, id, confirmed)).toMatchObject({ status: 'confirmed', next: 'done' });
});

test('fault 43: the lost call is carried out in that time: not confirmed, and somebody is told', async () => {
  const world = worldOfLateCalls();
  const id = await foundOut(world, { outcome: 'committed', submission: submission('found') });
  await polled(world, id, confirmed);
  world.clock.advance(settlingMs);
  expect(await polled(world, id, revoked)).toMatchObject({ status: 'unconfirmed', next: 'done' });
  expect(world.announcer.events).toMatchObject([{ id, status: 'unconfirmed', reason: { code: 'credential-revoked' } }]);
});

test('fault 43: handed over later, after a delay as long as a late call may take: confirmed at once', async () => {
  const world = worldOfLateCalls();
  world.provider.onSubmit(new IssuanceError('provider-answer-lost'), new IssuanceError('provider-rate-limited'));
  const id = await accepted(world, 'lost');
  for (const pause of [settlingMs, settlingMs, 0]) {
    await submit(id, 1, world.ports());
    world.clock.advance(pause);
  }
  expect((await world.store.get(id))?.attempt).not.toHaveProperty('lateUntil');
  expect((await polled(world, id, confirmed)).status).toBe('confirmed');
});

test.each(['by nobody else meanwhile', 'by another one meanwhile'])(
  'fault 43: handed over once more within that time, the slot taken %s: it is still remembered',
  async (taken) => {
    const world = worldOfLateCalls();
    world.provider.onSubmit(new IssuanceError('provider-answer-lost'), new IssuanceError('provider-rate-limited'));
    const id = await accepted(world, 'lost');
    for (const pause of [settlingMs, 1000]) {
      await submit(id, 1, world.ports());
      world.clock.advance(pause);
    }
    const slot =
      (await world.slots.get((await world.store.get(id))?.slot ?? expect.unreachable())) ?? expect.unreachable();
    if (taken === 'by another one meanwhile')
      await world.slots.acquire(slot, {
        owner: issuanceId('iss_another'),
        token: 9,
        until: '2026-11-22T09:00:00.000Z',
      });
    await submit(id, 1, world.ports());
    expect((await polled(world, id, confirmed)).status).toBe('submitted');
  },
);

test.each<[string, IssuanceError]>([
  ['failed', new IssuanceError('provider-feature-disabled')],
  ['uncertain', new IssuanceError('outcome-unknown')],
])(
  'fault 43: the lost one ended %s: a newer one of its slot is not confirmed before that time either',
  async (...row) => {
    const [status, end] = row;
    const world = worldOfLateCalls();
    const lost = await foundOut(world, end);
    expect((await world.store.get(lost))?.status).toBe(status);
    const newer = await accepted(world, 'newer');
    await submit(newer, 1, world.ports());
    expect((await polled(world, newer, confirmed)).status).toBe('submitted');
    world.clock.advance(settlingMs);
    expect((await polled(world, newer, confirmed)).status).toBe('confirmed');
  },
);

test('fault 43: where no call was lost, or a late one changes nothing, the first confirmation is believed', async () => {
  const world = worldOfLateCalls();
  const id = await accepted(world, 'in order');
  await submit(id, 1, world.ports());
  expect((await polled(world, id, confirmed)).status).toBe('confirmed');
  const harmless = new World();
  const found = await foundOut(harmless, { outcome: 'committed', submission: submission('found') });
  expect((await polled(harmless, found, confirmed)).status).toBe('confirmed');
});

test('fault 43: a credential that the provider revoked is asked about on, and can still be confirmed', async () => {
  const world = worldOfLateCalls();
  const id = await accepted(world, 'in order');
  await submit(id, 1, world.ports());
  expect((await polled(world, id, revoked)).status).toBe('unconfirmed');
  world.clock.advance(60 * minute);
  expect((await polled(world, id, revoked)).status).toBe('unconfirmed');
  expect((await polled(world, id, confirmed)).status).toBe('confirmed');
});
