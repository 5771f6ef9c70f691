/** What is left of one holder goes; what stops replays stays. */
import { beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../lib/accept/accept.ts';
import { confirm } from '../../lib/confirm/confirm.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { Status } from '../../lib/issuance/status.ts';
import { erase } from '../../lib/operate/erase.ts';
import { reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { retry } from '../../lib/operate/retry.ts';
import { submit } from '../../lib/submit/submit.ts';
import { hour, World } from '../fakes/world.ts';
import { issuanceId as id, issuanceIn } from './issuance-in.ts';

const never = '9999-12-31T23:59:59.999Z';
let world: World;

beforeEach(() => {
  world = new World();
});

const stored = async () => (await world.store.get(id)) as Issuance;
const personalOf = (issuance: Issuance) => JSON.stringify([issuance.holder, issuance.claims, issuance.progress]);

describe('a record of the holder', () => {
  test.each<Status>(['unconfirmed', 'uncertain', 'failed'])(
    'that is %s keeps its status and its ids',
    async (status) => {
      const before = issuanceIn(status, { progress: { offerUri: 'x' } });
      world.store.put(before);
      expect(await erase('Ada@example.com', world.ports())).toEqual({ erased: 1, ended: 0, underWay: 0 });
      const after = await stored();
      expect(personalOf(after)).toBe('[null,null,null]');
      const { id, slot, fingerprint, rank } = before;
      expect(after).toMatchObject({ id, slot, fingerprint, rank, status, dueAt: never });
    },
  );

  test('that waits is ended, and the world is told', async () => {
    world.store.put(issuanceIn('queued'));
    expect(await erase('ada@example.com', world.ports())).toEqual({ erased: 1, ended: 1, underWay: 0 });
    expect(await stored()).toMatchObject({ status: 'failed', reason: { code: 'holder-erased' } });
    expect(world.announcer.events).toMatchObject([{ status: 'failed', reason: { code: 'holder-erased' } }]);
    expect(await submit(id, 1, world.ports())).toEqual({ end: 'done', poll: false });
    expect(world.provider.submitted).toEqual([]);
  });

  test.each<Status>(['submitting', 'submitted'])('that is %s is left to its end, and counted', async (status) => {
    world.store.put(issuanceIn(status));
    expect(await erase('ada@example.com', world.ports())).toEqual({ erased: 0, ended: 0, underWay: 1 });
    expect(await stored()).toEqual(issuanceIn(status));
  });

  test('that a worker takes up in the same moment is counted as under way', async () => {
    world.store.put(issuanceIn('queued'));
    const ports = world.ports(({ call, when }) => {
      if (call === 'store.replace' && when === 'before') world.store.put(issuanceIn('submitting', { sequence: 3 }));
    });
    expect(await erase('ada@example.com', ports)).toEqual({ erased: 0, ended: 0, underWay: 1 });
  });

  test('can not be retried any more, and its event issues nothing again', async () => {
    const { issuance } = await accept(world.request(), world.ports());
    await erase('ada@example.com', world.ports());
    const erased = (await world.store.get(issuance.id)) as Issuance;
    await expect(retry(erased, world.ports())).rejects.toMatchObject({ code: 'personal-data-gone' });
    const again = await accept(world.request(), world.ports());
    expect(again).toMatchObject({ replay: true, issuance: { id: issuance.id, status: 'failed' } });
  });

  test('that is unconfirmed is not asked about any more, not even by a poller that has it', async () => {
    world.store.put(issuanceIn('unconfirmed'));
    await erase('ada@example.com', world.ports());
    const round = await confirm({ ids: [id], startedAt: world.clock.now().toISOString(), round: 0 }, world.ports());
    expect(round).toMatchObject({ ids: [], next: 'done' });
    expect(world.provider.checked).toEqual([]);
  });
});

test('others are left alone, over every page; twice finds nothing', async () => {
  for (let index = 0; index < 250; index += 1) {
    const holder = index % 50 === 0 ? 'ada@example.com' : `${index}@example.com`;
    const each = `iss_${String(index).padStart(27, '0')}`;
    world.store.put(issuanceIn('failed', { id: each, holder, program: index % 100 === 0 ? 'program-b' : 'gone' }));
  }
  expect(await erase('ada@example.com', world.ports())).toEqual({ erased: 5, ended: 0, underWay: 0 });
  expect(world.store.all().filter(({ holder }) => holder !== undefined)).toHaveLength(245);
  expect(await erase('ada@example.com', world.ports())).toEqual({ erased: 0, ended: 0, underWay: 0 });
  expect(await erase('no address', world.ports())).toEqual({ erased: 0, ended: 0, underWay: 0 });
});

describe('the retention', () => {
  test.each<Status>(['failed', 'uncertain', 'unconfirmed'])('takes holder and claims of what is %s', async (status) => {
    world.store.put(issuanceIn(status, { dueAt: new Date(world.clock.now().getTime() + hour).toISOString() }));
    const pass = () => reconcile(new Date(world.clock.now().getTime() + hour), world.ports());
    const days = 14 * 24 * hour;
    // Failed and uncertain ones become due when their time is over, unconfirmed ones every hour until then.
    if (status !== 'unconfirmed') world.store.put(issuanceIn(status, { dueAt: '2026-12-06T09:00:00.000Z' }));
    for (let at = 0; at < days; at += 6 * hour) {
      await pass();
      expect((await stored()).holder).toBe('ada@example.com');
      world.clock.advance(6 * hour);
    }
    world.clock.advance(hour);
    await pass();
    expect(personalOf(await stored())).toBe('[null,null,null]');
    expect(await stored()).toMatchObject({ status, dueAt: never });
    const started = world.pollers.started.length;
    world.clock.advance(days);
    await pass();
    expect(world.pollers.started).toHaveLength(started);
  });
});
