/** Issuances that were superseded in vain are sent back by the reason of what failed, and the newest of a slot is issued, once. */

import { beforeEach, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { confirm } from '../../../lib/confirm/confirm.ts';
import type { IssuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { redriveSuperseded } from '../../../lib/operate/redrive-superseded.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { hour, World } from '../../fakes/world.ts';

const reason = 'provider-rejected-claims';
let world: World;
beforeEach(() => {
  world = new World();
});

/** The id of an issuance of this minute, worked on once. */
async function worked(holder: string, minute: number, refusal?: IssuanceError): Promise<IssuanceId> {
  const occurredAt = `2026-11-22T08:0${minute}:00.000Z`;
  const request = world.request({
    idempotencyKey: `${holder}-${minute}`,
    holder,
    occurredAt,
    claims: { tier: `${minute}` },
  });
  const { id } = (await accept(request, world.ports())).issuance;
  if (refusal !== undefined) world.provider.onSubmit(refusal);
  await submit(id, 1, world.ports());
  return id;
}

const refused = () => new IssuanceError(reason);
const redriven = (dryRun = false) => redriveSuperseded({ reason, dryRun }, world.ports(), () => undefined);
const statusOf = async (id: IssuanceId) => (await world.store.get(id))?.status;

test('fault 58: of each slot the newest that was superseded goes back, and the others are listed', async () => {
  const failed = await worked('ada@example.com', 5, refused());
  const [oldest, newest] = [await worked('ada@example.com', 1), await worked('ada@example.com', 3)];
  const other = await worked('bob@example.com', 5, refused());
  const bobs = await worked('bob@example.com', 2);
  const wanted = [
    { id: newest, failed, outcome: 'sent-back' },
    { id: oldest, failed, outcome: 'older' },
    { id: bobs, failed: other, outcome: 'sent-back' },
  ];
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect((await redriven(true)).toSorted(byId)).toEqual(wanted.toSorted(byId));
  expect(await Promise.all([oldest, newest, bobs].map(statusOf))).toEqual(['superseded', 'superseded', 'superseded']);
  expect((await redriven()).toSorted(byId)).toEqual(wanted.toSorted(byId));
  expect(await Promise.all([oldest, newest, bobs].map(statusOf))).toEqual(['superseded', 'queued', 'queued']);
});

test('fault 58: those of another reason, of a slot with a newer event, and of one that is queued again are not touched', async () => {
  await worked('ada@example.com', 5, new IssuanceError('holder-refused-consent'));
  const ada = await worked('ada@example.com', 1);
  await worked('bob@example.com', 5, refused());
  const bob = await worked('bob@example.com', 1);
  await worked('bob@example.com', 6);
  expect(await redriven()).toEqual([]);
  expect(await Promise.all([ada, bob].map(statusOf))).toEqual(['superseded', 'superseded']);
});

test('fault 58: one whose holder has a newer credential is listed, and not sent back', async () => {
  const between = await worked('ada@example.com', 3);
  world.provider.onCheck({ state: 'confirmed', assurance: 'on-chain' });
  await confirm({ ids: [between], startedAt: world.clock.now().toISOString(), round: 0 }, world.ports());
  const failed = await worked('ada@example.com', 5, refused());
  const late = await worked('ada@example.com', 1);
  for (const dryRun of [true, false])
    expect(await redriven(dryRun)).toEqual([{ id: late, failed, outcome: 'newer-stands' }]);
  expect(await statusOf(late)).toBe('superseded');
});

test('fault 58: without holder and claims it says so', async () => {
  const failed = await worked('ada@example.com', 5, refused());
  const late = await worked('ada@example.com', 1);
  world.clock.advance(14 * 24 * hour + 1);
  await reconcile(new Date(world.clock.now().getTime() + hour), world.ports());
  expect(await redriven()).toEqual([{ id: late, failed, outcome: 'gone' }]);
});
