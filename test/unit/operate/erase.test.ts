/** What is left of one holder goes; what stops replays stays. */

import { beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { confirm } from '../../../lib/confirm/confirm.ts';
import { eventOf, type IssuanceEvent } from '../../../lib/issuance/event.ts';
import type { NamedRequest } from '../../../lib/issuance/identity.ts';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import { hasStatus, type Issuance, type IssuanceIn } from '../../../lib/issuance/issuance.ts';
import type { Status } from '../../../lib/issuance/status.ts';
import { erase } from '../../../lib/operate/erase.ts';
import type { LeftAtProvider } from '../../../lib/operate/erase-record.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { retry } from '../../../lib/operate/retry.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { dieAt } from '../../fakes/faulty.ts';
import { issuanceId as id, issuanceIn, turned } from '../../fakes/issuance-in.ts';
import { submission } from '../../fakes/scripted-provider.ts';
import { SingleProgram } from '../../fakes/single-program.ts';
import { hour, World } from '../../fakes/world.ts';

const never = '9999-12-31T23:59:59.999Z';
let world: World;

beforeEach(() => {
  world = new World();
  heard.length = 0;
});

const heard: LeftAtProvider[] = [];
const run = (holder: string, ports = world.ports(), dryRun = false) =>
  erase(holder, { dryRun, hear: (left) => void heard.push(left) }, ports);
const stored = async () => (await world.store.get(id)) as Issuance;
const personalOf = (issuance: Issuance) => JSON.stringify([issuance.holder, issuance.claims, issuance.progress]);

describe('a record of the holder', () => {
  test.each<Status>(['unconfirmed', 'uncertain', 'failed'])(
    'that is %s keeps its status and its ids',
    async (status) => {
      const before = issuanceIn(status, { progress: { offerUri: 'x' } });
      world.store.put(before);
      expect(await run('Ada@example.com')).toMatchObject({ erased: 1, ended: 0, underWay: 0 });
      const after = await stored();
      expect(personalOf(after)).toBe('[null,null,null]');
      const { id, slot, fingerprint, rank } = before;
      expect(after).toMatchObject({ id, slot, fingerprint, rank, status, dueAt: never });
    },
  );

  test('that waits is ended and published', async () => {
    world.store.put(issuanceIn('queued'));
    expect(await run('ada@example.com')).toMatchObject({ erased: 1, ended: 1, underWay: 0 });
    expect(await stored()).toMatchObject({ status: 'failed', reason: { code: 'holder-erased' } });
    expect(world.announcer.events).toMatchObject([{ status: 'failed', reason: { code: 'holder-erased' } }]);
    expect(await submit(id, 1, world.ports())).toEqual({ end: 'done', poll: false });
    expect(world.provider.submitted).toEqual([]);
  });

  test.each<Status>(['submitting', 'submitted'])('that is %s is left to its end, and counted', async (status) => {
    world.store.put(issuanceIn(status));
    expect(await run('ada@example.com')).toMatchObject({ erased: 0, ended: 0, underWay: 1 });
    expect(await stored()).toEqual(issuanceIn(status));
  });

  test('that a worker takes up in the same moment is counted as under way', async () => {
    world.store.put(issuanceIn('queued'));
    const ports = world.ports(({ call, when }) => {
      if (call === 'store.replace' && when === 'before') world.store.put(issuanceIn('submitting', { sequence: 3 }));
    });
    expect(await run('ada@example.com', ports)).toMatchObject({ erased: 0, ended: 0, underWay: 1 });
  });

  test('cannot be retried any more, and its event issues nothing again', async () => {
    const { issuance } = await accept(world.request(), world.ports());
    await run('ada@example.com');
    const erased = (await world.store.get(issuance.id)) as Issuance;
    await expect(retry(erased, world.ports())).rejects.toMatchObject({ code: 'personal-data-gone' });
    const again = await accept(world.request(), world.ports());
    expect(again).toMatchObject({ replay: true, issuance: { id: issuance.id, status: 'failed' } });
  });

  test('that is unconfirmed is not asked about any more, not even by a poller that has it', async () => {
    world.store.put(issuanceIn('unconfirmed'));
    await run('ada@example.com');
    const round = await confirm({ ids: [id], startedAt: world.clock.now().toISOString(), round: 0 }, world.ports());
    expect(round).toMatchObject({ ids: [], next: 'done' });
    expect(world.provider.checked).toEqual([]);
  });
});

test('others are left alone, over every page; twice finds nothing', async () => {
  for (let index = 0; index < 250; index += 1) {
    const holder = index % 50 === 0 ? 'ada@example.com' : `${index}@example.com`;
    const each = issuanceId(`iss_${String(index).padStart(27, '0')}`);
    world.store.put(issuanceIn('failed', { id: each, holder, program: index % 100 === 0 ? 'program-b' : 'gone' }));
  }
  expect(await run('ada@example.com')).toMatchObject({ erased: 5, ended: 0, underWay: 0 });
  expect(world.store.all().filter(({ holder }) => holder !== undefined)).toHaveLength(245);
  expect(await run('ada@example.com')).toMatchObject({ erased: 0, ended: 0, underWay: 0 });
  expect(await run('no address')).toMatchObject({ erased: 0, ended: 0, underWay: 0 });
});

describe('a confirmed record, which names nobody', () => {
  /** The event of this minute of a holder, issued and confirmed; its credential is named after the minute. */
  async function issued(minute: number, changes: Partial<NamedRequest> = {}): Promise<Issuance> {
    const idempotencyKey = `event-${changes.holder ?? ''}-${minute}`;
    const occurredAt = `2026-11-22T08:0${minute}:00.000Z`;
    const { issuance } = await accept(world.request({ idempotencyKey, occurredAt, ...changes }), world.ports());
    world.provider.onSubmit(submission(`r${minute}`)).onCheck({ state: 'confirmed', assurance: 'on-chain' });
    await submit(issuance.id, 1, world.ports());
    await confirm({ ids: [issuance.id], startedAt: world.clock.now().toISOString(), round: 0 }, world.ports());
    const now = (await world.store.get(issuance.id)) as Issuance;
    expect(now.status).toBe('confirmed');
    return now;
  }

  const current = async ({ id }: Issuance) => (await world.store.get(id)) as Issuance;
  const left = ({ id, program, receipt }: Issuance) => ({ id, program, receipt });

  test('is found by its slot: the ids its provider gave are told and removed, and so is what the slot knows', async () => {
    const confirmed = [await issued(1), await issued(2), await issued(3, { program: 'program-b' })];
    const other = await issued(4, { holder: 'bob@example.com' });
    const report = await run('Ada@example.com');
    expect(report).toMatchObject({ erased: 0, ended: 0, credentials: 3, slots: 2, underWay: 0, notDerived: [] });
    expect(report.atProvider).toEqual(heard);
    expect(heard.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      confirmed.map(left).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    for (const before of confirmed) {
      const { receipt: _receipt, knownAs: _knownAs, ...rest } = before;
      expect(await current(before)).toEqual(rest);
    }
    const slots = await Promise.all(confirmed.map(({ slot }) => world.slots.get(slot)));
    for (const slot of slots)
      expect(slot).toMatchObject({ receipts: [], issuances: [], lease: { token: expect.any(Number) } });
    expect(await current(other)).toEqual(other);
    expect((await world.slots.get(other.slot))?.receipts).toEqual(['r4']);
    expect(await run('ada@example.com')).toMatchObject({ credentials: 0, slots: 0, atProvider: [] });
  });

  test('is found however many there were, also where the slot did not remember yet', async () => {
    const all: Issuance[] = [];
    for (let minute = 1; minute <= 9; minute += 1) all.push(await issued(minute));
    const key = all[0]?.slot ?? expect.unreachable();
    world.slots.forget(key);
    expect((await run('ada@example.com')).credentials).toBe(9);
  });

  test('has its event told with the same sequence and time as before, and its replay issues nothing', async () => {
    const confirmed = await issued(1);
    const before = endOf(confirmed);
    await run('ada@example.com');
    expect(endOf(await current(confirmed))).toEqual(before);
    const again = await accept(
      world.request({ idempotencyKey: 'event--1', occurredAt: '2026-11-22T08:01:00.000Z' }),
      world.ports(),
    );
    expect(again).toMatchObject({ replay: true, issuance: { id: confirmed.id, status: 'confirmed' } });
    const older = await accept(
      world.request({ idempotencyKey: 'late', occurredAt: '2026-11-22T08:00:00.000Z' }),
      world.ports(),
    );
    await submit(older.issuance.id, 1, world.ports());
    expect((await current(older.issuance)).status).toBe('superseded');
  });

  test('loses what older versions kept of the person, too', async () => {
    const confirmed = await issued(1);
    world.store.put({ ...confirmed, receipt: { ...confirmed.receipt, userUuid: 'person-1' } });
    await run('ada@example.com');
    expect(JSON.stringify(await current(confirmed))).not.toContain('person-1');
  });

  test('stays findable while another one of its slot is under way', async () => {
    await issued(1);
    const request = world.request({ idempotencyKey: 'under-way' });
    const { issuance } = await accept(request, world.ports());
    await submit(issuance.id, 1, world.ports());
    expect(await run('ada@example.com')).toMatchObject({ credentials: 1, slots: 0, underWay: 1 });
    world.provider.onCheck({ state: 'confirmed', assurance: 'on-chain' });
    await confirm({ ids: [issuance.id], startedAt: world.clock.now().toISOString(), round: 0 }, world.ports());
    expect(await run('ada@example.com')).toMatchObject({ credentials: 1, slots: 1, underWay: 0 });
  });

  test('is only counted when it runs dry, together with everything else', async () => {
    const confirmed = await issued(1);
    await world.facts.remember('ada@example.com', 'contact');
    const { issuance } = await accept(world.request({ program: 'program-b' }), world.ports());
    const report = await run('ada@example.com', world.ports(), true);
    expect(report).toMatchObject({ erased: 1, ended: 1, credentials: 1, slots: 1, facts: 1, underWay: 0 });
    expect(report.atProvider).toEqual([left(confirmed)]);
    expect([await current(confirmed), await current(issuance)]).toEqual([confirmed, issuance]);
    expect(await run('ada@example.com')).toEqual(report);
    expect(await run('ada@example.com')).toMatchObject({ erased: 0, credentials: 0, slots: 0, facts: 0 });
    expect(await world.facts.known('ada@example.com', 'contact')).toBe(false);
  });

  test('has told the ids its provider gave when the work is broken off', async () => {
    const confirmed = await issued(1);
    await expect(run('ada@example.com', world.ports(dieAt('erasure.forgetCredential', 'after')))).rejects.toThrow();
    expect(await current(confirmed)).not.toHaveProperty('receipt');
    expect(heard).toEqual([left(confirmed)]);
  });

  test('of a program with slotBy is found beside one that still names the holder, and the operator is told', async () => {
    const by = { programs: new SingleProgram(world.provider, ['event']) };
    const ask = async (event: string, minute: number) => {
      const occurredAt = `2026-11-22T08:0${minute}:00.000Z`;
      const request = world.request({ idempotencyKey: `${event}-${minute}`, claims: { event }, occurredAt });
      const { issuance } = await accept(request, { ...world.ports(), ...by });
      return issuance;
    };
    const first = await ask('concert', 1);
    world.store.put(confirmedOf(first, 'r1'));
    await world.slots.acquire((await world.slots.get(first.slot)) ?? expect.unreachable(), {
      owner: first.id,
      token: 1,
      until: '2026-11-22T08:02:00.000Z',
    });
    const alone = await ask('festival', 1);
    world.store.put(confirmedOf(alone, 'r2'));
    await ask('concert', 2);
    const report = await run('ada@example.com', { ...world.ports(), ...by });
    expect(report).toMatchObject({ ended: 1, credentials: 1, slots: 1, notDerived: ['program-a', 'program-b'] });
    expect(await current(alone)).toHaveProperty('receipt');
  });
});

function endOf(issuance: Issuance): IssuanceEvent {
  if (!hasStatus(issuance, 'confirmed')) throw new Error('It has not ended');
  return eventOf(issuance);
}

function confirmedOf(issuance: Issuance, reference: string): IssuanceIn<'confirmed'> {
  return turned(issuance, 'confirmed', { receipt: { reference }, knownAs: reference });
}

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
