/** An issuance whose account has no call left: it waits, no try is counted, nobody is blamed, and the poller asks fairly. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { worker } from '../../../functions/worker/handler.ts';
import { accept } from '../../../lib/accept/accept.ts';
import { type Environment, environmentSchema } from '../../../lib/config/environment.ts';
import { loadEnvironment } from '../../../lib/config/load-environment.ts';
import { releasesPerSecond, releasesUnderCeilings } from '../../../lib/config/releases.ts';
import { confirm } from '../../../lib/confirm/confirm.ts';
import type { PollerState } from '../../../lib/confirm/poller-state.ts';
import { type IssuanceId, issuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { SharedCircuitBreaker } from '../../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { closedCircuit } from '../../../lib/submit/circuit-breaker/circuit-rules.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

const limited = () => new IssuanceError('calls-limited', { retryAfterSeconds: 2 });
const none = { heldBack: async () => limited() };

async function acceptedIn(world: World): Promise<IssuanceId> {
  return (await accept(world.request(), world.ports())).issuance.id;
}

describe('fault 52: no call left before the provider is called', () => {
  test('a new message for a short wait: no write, no lease, no call, no try', async () => {
    const world = new World();
    const id = await acceptedIn(world);
    const before = await world.store.get(id);
    expect(await submit(id, 1, { ...world.ports(), callsLeft: none })).toEqual({ end: 'again', delaySeconds: 3 });
    expect(await world.store.get(id)).toEqual(before);
    expect((await world.slots.get(before?.slot ?? expect.unreachable()))?.lease).toBeUndefined();
    expect(world.provider.submitted).toEqual([]);
    expect(world.log.of('submission-delayed')).toMatchObject([{ code: 'calls-limited', waits: 'on the queue' }]);
  });

  test('the waiting room for a long one, from which it goes on', async () => {
    const world = new World();
    const id = await acceptedIn(world);
    expect(await submit(id, 10, { ...world.ports(), callsLeft: none })).toEqual({ end: 'done', poll: false });
    const waiting = { status: 'queued', waiting: true, reason: { code: 'calls-limited' } };
    expect(await world.store.get(id)).toMatchObject(waiting);
    expect(await world.store.get(id)).not.toHaveProperty('attempt');
    expect(await submit(id, 10, world.ports())).toEqual({ end: 'done', poll: true });
  });

  test.each([
    ['the fourth time', 4, 1],
    ['for a wait of more than a minute', 1, 61],
  ])('the waiting room %s', async (_when, tries, retryAfterSeconds) => {
    const world = new World();
    const id = await acceptedIn(world);
    const heldBack = async () => new IssuanceError('calls-limited', { retryAfterSeconds });
    expect(await submit(id, tries, { ...world.ports(), callsLeft: { heldBack } })).toEqual({
      end: 'done',
      poll: false,
    });
    expect(await world.store.get(id)).toMatchObject({ status: 'queued', waiting: true });
  });

  test('through the worker: as many messages as there are calls are handed over, the others come back', async () => {
    const world = new World();
    for (let event = 1; event <= 10; event += 1) {
      const changes = { idempotencyKey: `event-${event}`, holder: `h${event}@example.com` };
      await accept(world.request(changes), world.ports());
    }
    let left = 4;
    const callsLeft = { heldBack: async () => (left-- > 0 ? undefined : limited()) };
    const records = world.queue.receive();
    expect(await worker({ Records: records }, { ...world.ports(), callsLeft })).toEqual({ batchItemFailures: [] });
    for (const record of records) world.queue.delete(record);
    expect(world.provider.submitted).toHaveLength(4);
    expect(world.queue.bodies).toHaveLength(6);
    expect(world.queue.deadLetters).toEqual([]);
  });

  test('what is too old to be tried again ends all the same', async () => {
    const world = new World();
    const id = await acceptedIn(world);
    world.clock.advance(73 * 3600_000);
    world.provider.onSubmit(limited());
    expect(await submit(id, 1, { ...world.ports(), callsLeft: none })).toEqual({ end: 'done', poll: false });
    expect(await world.store.get(id)).toMatchObject({ status: 'failed', reason: { code: 'retries-exhausted' } });
  });
});

describe('fault 52: no call left while the provider is called', () => {
  test('it is queued again, and neither a try nor the provider’s failure', async () => {
    const world = new World();
    const { circuitStore, clock, log } = world;
    const circuits = new SharedCircuitBreaker({ store: circuitStore, clock, log });
    for (let event = 1; event <= 20; event += 1) {
      const changes = { idempotencyKey: `event-${event}`, holder: `h${event}@example.com` };
      const { id } = (await accept(world.request(changes), world.ports())).issuance;
      world.provider.onSubmit(limited());
      expect(await submit(id, 1, { ...world.ports(), circuits })).toMatchObject({ end: 'again' });
      const record = await world.store.get(id);
      expect(record).toMatchObject({ status: 'queued', reason: { code: 'calls-limited' }, attempt: { number: 0 } });
      expect(record?.attempt).not.toHaveProperty('openSince');
    }
    expect(circuitStore.writes).toBe(0);
  });

  test('in doubt, it stays in doubt and is asked about later', async () => {
    const world = new World();
    const id = await acceptedIn(world);
    world.provider.onSubmit(new IssuanceError('provider-answer-lost'));
    await submit(id, 1, world.ports());
    world.clock.advance(60_000);
    world.provider.onRecover(limited());
    expect(await submit(id, 2, world.ports())).toMatchObject({ end: 'again' });
    expect(await world.store.get(id)).toMatchObject({ status: 'submitting', reason: { code: 'calls-limited' } });
    expect(await submit(id, 3, world.ports())).toEqual({ end: 'done', poll: true });
  });

  test('a probe of an open circuit that was not made leaves its place to the next', async () => {
    const world = new World();
    const { circuitStore, clock, log } = world;
    const circuits = new SharedCircuitBreaker({ store: circuitStore, clock, log });
    const openUntil = clock.now().toISOString();
    const open = { ...closedCircuit('program-a'), version: 1, openings: 1, openUntil };
    await circuitStore.replace({ ...open, code: 'provider-unavailable' });
    const id = await acceptedIn(world);
    world.provider.onSubmit(limited());
    await submit(id, 1, { ...world.ports(), circuits });
    expect(await circuitStore.get('program-a')).not.toHaveProperty('probe');
  });
});

describe('fault 52: no call left for a question', () => {
  const ids = Array.from({ length: 9 }, (_, index) => issuanceId(`iss_${'abcdefghi'.charAt(index).repeat(27)}`));
  const first: PollerState = { ids, startedAt: '2026-11-22T09:00:00.000Z', round: 0 };

  /** Nine submitted issuances, and a provider that answers so many questions a round. */
  function worldWith(perRound: number) {
    const world = new World();
    for (const id of ids) world.store.put(issuanceIn('submitted', { id, submittedAt: '2026-11-22T09:00:00.000Z' }));
    const asked: string[] = [];
    let left = perRound;
    world.provider.check = async ({ issuanceId }) => {
      left -= 1;
      if (left < 0) throw limited();
      asked.push(issuanceId);
      return { state: 'pending' };
    };
    return {
      world,
      asked,
      nextRound(state: PollerState) {
        left = perRound;
        return confirm(state, { ...world.ports(), concurrency: 3 });
      },
    };
  }

  test('its program is held, nothing ends, and those without an answer come first in the next round', async () => {
    const { world, asked, nextRound } = worldWith(3);
    let state = first;
    for (let round = 1; round <= 3; round += 1) {
      const { next, waitSeconds, ...following } = await nextRound(state);
      expect(next).toBe('wait');
      expect(waitSeconds).toBeGreaterThanOrEqual(2);
      expect(Object.keys(following.holds)).toEqual(['program-a']);
      world.clock.advance(waitSeconds * 1000);
      state = following;
    }
    expect(asked.toSorted()).toEqual(ids);
  });

  test('is logged once a round, however many there are', async () => {
    const { world, nextRound } = worldWith(0);
    await nextRound(first);
    expect(world.log.of('status-check-failed')).toMatchObject([{ code: 'calls-limited' }]);
  });
});

describe('fault 52: the way out of the waiting room', () => {
  test('lets out no more of a program than its account could take, and of the others as many as usual', () => {
    const environment = loadEnvironment('local');
    const [first = '', ...others] = Object.keys(environment.programs);
    const account = environment.programs[first]?.account ?? '';
    const limited = { ...environment.accounts[account], callsPerSecond: 5 };
    const accounts = { ...environment.accounts, [account]: limited } as Environment['accounts'];
    const less = releasesUnderCeilings({ ...environment, accounts });
    const rate = releasesPerSecond({ RELEASES_PER_SECOND: '50', PROGRAM_RELEASES_PER_SECOND: JSON.stringify(less) });
    expect(rate(first)).toBe(2.5);
    const free = others.filter((program) => environment.programs[program]?.account !== account);
    expect(free.length).toBeGreaterThan(0);
    for (const program of [...free, 'toString']) expect(rate(program)).toBe(50);
  });

  test('spreads the messages over the time it takes', async () => {
    const world = new World();
    for (let event = 1; event <= 10; event += 1) {
      const changes = { idempotencyKey: `event-${event}`, holder: `h${event}@example.com` };
      const { id } = (await accept(world.request(changes), world.ports())).issuance;
      for (const record of world.queue.receive()) world.queue.delete(record);
      await submit(id, 10, { ...world.ports(), callsLeft: none });
    }
    const ports = { ...world.ports(), releasesPerSecond: () => 2.5 };
    await reconcile(new Date(world.clock.now().getTime() + 60_000), ports);
    const received: number[] = [];
    for (let second = 0; second < 5; second += 1) {
      received.push(world.queue.receive(100).length);
      world.clock.advance(1000);
    }
    expect(received).toEqual([3, 2, 3, 2, 0]);
  });
});

describe('fault 52: the setting callsPerSecond', () => {
  const local = JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/local.json'), 'utf8'));
  const withCeiling = (callsPerSecond: unknown) => {
    const accounts = Object.entries<object>(local.accounts).map(([name, account]) => [
      name,
      { ...account, callsPerSecond },
    ]);
    return environmentSchema.safeParse({ ...local, accounts: Object.fromEntries(accounts) });
  };

  test('is taken at an account of every provider, and stays away where it is not given', () => {
    const ceilings = (given: unknown) => {
      const accounts = Object.values(withCeiling(given).data?.accounts ?? {});
      return new Set(accounts.map((account) => account.callsPerSecond));
    };
    expect(ceilings(2.5)).toEqual(new Set([2.5]));
    expect(ceilings(undefined)).toEqual(new Set([undefined]));
  });

  test.each([0, -1, 0.05, 20_000, '10', null])('%j is refused, with its path', (given) => {
    const issues = withCeiling(given).error?.issues ?? [];
    const paths = Object.keys(local.accounts).map((name) => `accounts.${name}.callsPerSecond`);
    expect(issues.map(({ path }) => path.join('.'))).toEqual(paths);
  });
});
