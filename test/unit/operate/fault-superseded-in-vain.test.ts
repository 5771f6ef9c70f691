/** Superseded by a newer event that then failed: said, counted, and retried by an operator. */
import { beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { measuresOf } from '../../../lib/aws/log.ts';
import { confirm } from '../../../lib/confirm/confirm.ts';
import type { Issuance } from '../../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { viewOf } from '../../../lib/issuance/view.ts';
import { erase } from '../../../lib/operate/erase.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { retry } from '../../../lib/operate/retry.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { submission } from '../../fakes/scripted-provider.ts';
import { hour, World } from '../../fakes/world.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

/** The event of this minute of the same holder. */
async function accepted(minute: number): Promise<Issuance> {
  const occurredAt = `2026-11-22T08:0${minute}:00.000Z`;
  const claims = { tier: `tier-${minute}` };
  return (await accept(world.request({ idempotencyKey: `event-${minute}`, occurredAt, claims }), world.ports()))
    .issuance;
}

async function current({ id }: Issuance): Promise<Issuance> {
  const issuance = await world.store.get(id);
  if (issuance === undefined) throw new Error('gone');
  return issuance;
}

const work = ({ id }: Issuance) => submit(id, 1, world.ports());
const putBack = async (issuance: Issuance) => retry(await current(issuance), world.ports());
const told = (issuance: Issuance) => world.announcer.events.filter(({ id }) => id === issuance.id);
const refused = { code: 'newer-event-stands' };

async function refuse(issuance: Issuance): Promise<void> {
  world.provider.onSubmit(new IssuanceError('provider-rejected-claims'));
  await work(issuance);
  expect((await current(issuance)).status).toBe('failed');
}

async function ask(issuance: Issuance, state: 'confirmed' | 'failed'): Promise<void> {
  world.provider.onCheck(
    state === 'failed'
      ? { state, reason: { code: 'credential-exchange-failed' } }
      : { state, assurance: 'provider-reported' },
  );
  await confirm({ ids: [issuance.id], startedAt: world.clock.now().toISOString(), round: 0 }, world.ports());
  expect((await current(issuance)).status).toBe(state);
}

async function issue(issuance: Issuance): Promise<void> {
  await work(issuance);
  await ask(issuance, 'confirmed');
}

/** Superseded older ones of these minutes, and the newer one of minute 5, still queued. */
async function overtaken(...minutes: number[]): Promise<{ older: Issuance[]; newer: Issuance }> {
  const newer = await accepted(5);
  const older: Issuance[] = [];
  for (const minute of minutes) older.push(await accepted(minute));
  for (const one of older) await work(one);
  for (const one of older) expect((await current(one)).status).toBe('superseded');
  return { older, newer };
}

describe('fault 58: the newer one is refused', () => {
  test.each(['at once', 'later'] as const)(
    '%s: its event and its view say how many older ones it cost, and it is counted',
    async (when) => {
      const { newer } = await overtaken(1, 2);
      if (when === 'at once') await refuse(newer);
      else {
        await work(newer);
        await ask(newer, 'failed');
      }
      expect(told(newer)).toMatchObject([{ status: 'failed', superseded: 2 }]);
      expect(viewOf(await current(newer)).superseded).toBe(2);
      const counted = world.log.of('superseded-in-vain');
      expect(counted).toEqual([{ event: 'superseded-in-vain', id: newer.id, program: 'program-a', count: 2 }]);
      expect(counted.flatMap(measuresOf)).toEqual([
        ['inVain', 'program-a'],
        ['inVain', 'program-a'],
      ]);
    },
  );

  test('before the older one came: the older one’s event says so, and it is counted', async () => {
    const newer = await accepted(5);
    await refuse(newer);
    const late = await accepted(1);
    await work(late);
    expect(told(late)).toMatchObject([
      { status: 'superseded', reason: { code: 'overtaken', detail: 'the newer one has failed' } },
    ]);
    expect(world.log.of('superseded-in-vain')).toMatchObject([{ id: newer.id, count: 1 }]);
  });

  test('without any older one: nothing of it is said', async () => {
    const newer = await accepted(5);
    await refuse(newer);
    expect(told(newer)[0]).not.toHaveProperty('superseded');
    expect(world.log.of('superseded-in-vain')).toEqual([]);
  });

  test('again, after an older one was retried: that one is not counted any more', async () => {
    const { older, newer } = await overtaken(1, 2);
    await refuse(newer);
    const [first] = older as [Issuance];
    await putBack(first);
    expect((await putBack(newer)).superseded).toBeUndefined();
    await refuse(newer);
    expect(told(newer).at(-1)).toMatchObject({ superseded: 1 });
  });
});

describe('fault 58: the operator puts the older one back', () => {
  test('and it is issued, with the claims it came with', async () => {
    const { older, newer } = await overtaken(1);
    const [first] = older as [Issuance];
    await refuse(newer);
    await putBack(first);
    await issue(first);
    expect(world.provider.submitted.at(-1)).toMatchObject({ issuanceId: first.id, claims: { tier: 'tier-1' } });
  });

  test('also when it had ended superseded because the newer one had failed before', async () => {
    const newer = await accepted(5);
    await refuse(newer);
    const late = await accepted(1);
    await work(late);
    await putBack(late);
    await issue(late);
  });

  test('but not while the newer one waits, is under way, or has been issued', async () => {
    const { older, newer } = await overtaken(1);
    const [first] = older as [Issuance];
    await expect(putBack(first)).rejects.toMatchObject(refused);
    await work(newer);
    await expect(putBack(first)).rejects.toMatchObject(refused);
    await ask(newer, 'confirmed');
    await expect(putBack(first)).rejects.toMatchObject(refused);
    expect((await current(first)).status).toBe('superseded');
  });

  test('and a still newer event wins over it', async () => {
    const { older, newer } = await overtaken(1);
    const [first] = older as [Issuance];
    await refuse(newer);
    await putBack(first);
    await accepted(6);
    await work(first);
    expect((await current(first)).status).toBe('superseded');
  });

  test('and the refused one, retried as well and issued first, wins over it', async () => {
    const { older, newer } = await overtaken(1);
    const [first] = older as [Issuance];
    await refuse(newer);
    await putBack(first);
    await putBack(newer);
    await issue(newer);
    await work(first);
    expect((await current(first)).status).toBe('superseded');
  });

  test('of two, the newer wins, whichever is worked on first', async () => {
    const { older, newer } = await overtaken(1, 2);
    const [first, second] = older as [Issuance, Issuance];
    await refuse(newer);
    await putBack(second);
    await putBack(first);
    await issue(second);
    await work(first);
    expect(await current(first)).toMatchObject({ status: 'superseded', reason: { code: 'overtaken' } });
    expect((await current(first)).reason).not.toHaveProperty('detail');
    await expect(putBack(first)).rejects.toMatchObject(refused);
  });

  test.each(['at once', 'later'] as const)(
    'not over one in between that was issued, the newest refused %s',
    async (when) => {
      const between = await accepted(3);
      await issue(between);
      const newer = await accepted(5);
      const late = await accepted(1);
      await work(late);
      if (when === 'at once') await refuse(newer);
      else {
        await work(newer);
        await ask(newer, 'failed');
      }
      await expect(putBack(late)).rejects.toMatchObject(refused);
    },
  );

  test('not over one in between that was issued, behind others that failed', async () => {
    await issue(await accepted(2));
    await refuse(await accepted(3));
    const newer = await accepted(5);
    await refuse(newer);
    const late = await accepted(1);
    await work(late);
    await expect(putBack(late)).rejects.toMatchObject(refused);
  });

  test('over one in between that failed as well, and over an older one that was issued', async () => {
    await issue(await accepted(0));
    await refuse(await accepted(3));
    const { older, newer } = await overtaken(1);
    const [first] = older as [Issuance];
    world.provider.onSubmit(submission('r5'));
    await work(newer);
    await ask(newer, 'failed');
    await putBack(first);
    await issue(first);
  });
});

describe('fault 58: holder and claims of a superseded one', () => {
  test('are kept for the retention, and then neither they nor a retry', async () => {
    const { older, newer } = await overtaken(1);
    const [first] = older as [Issuance];
    await refuse(newer);
    world.clock.advance(14 * 24 * hour - 1);
    await reconcile(new Date(world.clock.now().getTime() + hour), world.ports());
    expect(await current(first)).toHaveProperty('holder');
    world.clock.advance(2);
    await reconcile(new Date(world.clock.now().getTime() + hour), world.ports());
    for (const member of ['holder', 'claims']) expect(await current(first)).not.toHaveProperty(member);
    await expect(putBack(first)).rejects.toMatchObject({ code: 'personal-data-gone' });
  });

  test('go at once when they are erased', async () => {
    const { older } = await overtaken(1);
    const [first] = older as [Issuance];
    expect(await erase('ada@example.com', { dryRun: false, hear: () => undefined }, world.ports())).toMatchObject({
      erased: 2,
      ended: 1,
      underWay: 0,
    });
    expect(await current(first)).not.toHaveProperty('holder');
  });
});
