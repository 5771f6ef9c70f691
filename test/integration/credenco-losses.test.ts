/** Answers lost and workers dead, through the real use cases: every wallet keeps one credential, and only one. */
import { afterEach, describe, expect, test } from 'vitest';
import { viewOf } from '../../lib/issuance/view.ts';
import { retry } from '../../lib/operate/retry.ts';
import { dieAt, type FaultHook, type FaultPoint } from '../fakes/faulty.ts';
import { CredencoWorld } from './credenco-world.ts';

let credencoWorld: CredencoWorld | undefined;

async function start(...given: Parameters<typeof CredencoWorld.start>): Promise<CredencoWorld> {
  credencoWorld = await CredencoWorld.start(...given);
  return credencoWorld;
}
afterEach(() => credencoWorld?.close());

const many = 50;

/** How many credentials each wallet keeps, and how the issuances ended. */
function ends({ account, world }: CredencoWorld) {
  const { wallets } = account.sandbox.inspect({ recent: 0 });
  return {
    kept: wallets.map(({ credentials }) => credentials.length),
    claims: wallets.map(({ credentials }) => credentials[0]?.claims['id']),
    statuses: new Set(world.store.all().map(({ status }) => status)),
  };
}

const oneEach = (count: number) => ({
  kept: Array(count).fill(1),
  claims: Array.from({ length: count }, (_, n) => String(n)),
  statuses: new Set(['confirmed']),
});

describe(`fault 1: commit and drop over ${many} issuances`, () => {
  // A second offer under `new` and `conflict` replaces one that nobody could reach: its address was in the lost answer.
  const offers = { same: many, new: many + many / 2, conflict: many + many / 2 };
  const modes = ['same', 'new', 'conflict'] as const;

  test.each(modes)('every second mint, repeated ids: %s', { timeout: 120_000 }, async (repeatedCorrelationId) => {
    const world = await start(many);
    world.account.switch({
      repeatedCorrelationId,
      faults: { lost: { kind: 'drop', operation: 'mint', every: 2, next: many / 2 } },
    });
    await world.accept(many);
    await world.untilDone();
    expect(ends(world)).toEqual(oneEach(many));
    const { totals } = world.account.sandbox.inspect();
    expect(totals).toMatchObject({ pushes: many, offersUsed: many, kept: many, discarded: 0 });
    // One whose first answer got lost may lose its second as well; each loss costs one offer at most.
    expect(totals.offersMinted).toBe(offers[repeatedCorrelationId]);
  });

  test.each(modes)('every push, repeated ids: %s', { timeout: 120_000 }, async (repeatedCorrelationId) => {
    const world = await start(many);
    world.account.switch({ repeatedCorrelationId, faults: { lost: { kind: 'drop', operation: 'push' } } });
    const ids = await world.accept(many);
    await world.untilDone();
    expect(ends(world)).toEqual(oneEach(many));
    for (const id of ids) {
      expect(world.account.issuance(id)).toMatchObject({ offersMinted: 1, pushes: 1, credentialsIssued: 1 });
    }
  });

  test('every push dropped before it was carried out, once: the same offers are pushed', async () => {
    const world = await start(many);
    world.account.switch({ faults: { lost: { kind: 'drop', operation: 'push', commit: false, next: many } } });
    await world.accept(many);
    await world.untilDone();
    expect(ends(world)).toEqual(oneEach(many));
    expect(world.account.sandbox.inspect().totals).toMatchObject({ offersMinted: many, pushes: many });
  });
});

describe('fault 2: a worker that dies', () => {
  async function pointsOfOneTurn(): Promise<FaultPoint[]> {
    const world = await start(1);
    await world.accept(1);
    const points: FaultPoint[] = [];
    await world.turn(world.ports((point) => void points.push(point)));
    await world.close();
    return points;
  }

  test('at any step: its successor ends with one offer, one push that counts, one credential', async () => {
    const points = await pointsOfOneTurn();
    expect(points.map(({ call }) => call)).toContain('store.replace');
    for (const [index, { call, when }] of points.entries()) {
      const passes = points.slice(0, index).filter((point) => point.call === call && point.when === when).length;
      const world = await start(1);
      const [id = ''] = await world.accept(1);
      const hook: FaultHook = dieAt(call, when, passes);
      await world.turn(world.ports(hook)).catch(() => undefined);
      await world.untilDone();
      expect(ends(world), `${call} ${when} ${passes}`).toEqual(oneEach(1));
      expect(world.account.issuance(id)).toMatchObject({ offersMinted: 1, pushes: 1, credentialsIssued: 1 });
      await world.close();
    }
  });
});

describe('what is said in the end', () => {
  test('assumed trust: provider-reported, in words, with the uuid to revoke it by; never the word delivered', async () => {
    const world = await start(1);
    await world.accept(1);
    const [issuance] = await world.untilDone();
    const view = issuance && viewOf(issuance);
    expect(view).toMatchObject({
      status: 'confirmed',
      assurance: 'provider-reported',
      assuranceNote: expect.stringMatching(/nothing proves that the wallet kept it; it may have discarded it/i),
      receipt: { revocationUuid: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(JSON.stringify([view, world.world.announcer.events, world.world.log.entries])).not.toMatch(/deliver/i);
    expect(world.world.announcer.events.at(-1)).toMatchObject({
      assurance: 'provider-reported',
      assuranceNote: view?.assuranceNote,
    });
  });

  test('an offer that nobody may push: failed, with nothing in any wallet', async () => {
    const world = await start(1);
    world.account.switch({ requestUri: 'https-elsewhere', elsewhere: world.account.trap.host });
    await world.accept(1);
    const [issuance] = await world.untilDone();
    expect(issuance).toMatchObject({ status: 'failed', reason: { code: 'offer-unusable' } });
    expect(world.account.sandbox.inspect().totals).toMatchObject({ pushes: 0 });
    expect(world.account.trap.requests()).toBe(0);
  });

  test('a failed exchange, retried by an operator: a new offer, one credential', async () => {
    const world = await start(1);
    world.account.switch({ refuseCredential: true });
    await world.accept(1);
    const [failed] = await world.untilDone();
    expect(failed).toMatchObject({ status: 'failed', reason: { code: 'credential-exchange-failed' } });
    world.account.sandbox.switchboard.reset();
    if (failed !== undefined) await retry(failed, world.ports());
    await world.untilDone();
    expect(ends(world)).toEqual(oneEach(1));
  });

  test('fault 19: a status that stays missing is told after its grace, and nothing is issued again', async () => {
    const world = await start(1);
    world.account.switch({ statusNotFoundMs: 1e9 });
    const [id = ''] = await world.accept(1);
    expect(await world.untilDone()).toMatchObject([{ status: 'submitted' }]);
    world.world.clock.advance(9 * 60_000);
    expect(await world.untilDone()).toMatchObject([{ status: 'submitted' }]);
    world.world.clock.advance(2 * 60_000);
    const parked = { status: 'unconfirmed', reason: { code: 'provider-lost-track' } };
    expect(await world.untilDone()).toMatchObject([parked]);
    world.account.sandbox.switchboard.reset();
    expect(await world.untilDone()).toMatchObject([{ status: 'confirmed' }]);
    expect(world.account.issuance(id)).toMatchObject({ offersMinted: 1, pushes: 1 });
  });
});
