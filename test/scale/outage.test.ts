/** A day in which one program's provider is down and another program goes on: the real worker and reconcile, sampled. */
import { describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import { accept } from '../../lib/accept/accept.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { SharedCircuitBreaker } from '../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { World } from '../fakes/world.ts';
import { figure } from '../figures.ts';

/** One event in so many of the 500 a second is simulated. */
const sample = 10_000;
const everyMs = (1000 * sample) / 500;
const hour = 3600_000;
const reconcileEveryMs = 300_000;

function outage() {
  const world = new World();
  let handled = 0;
  let down = true;
  const works = world.provider.submit.bind(world.provider);
  world.provider.submit = async (job) => {
    if (down && job.program === 'program-dead') throw new IssuanceError('provider-unavailable');
    return works(job);
  };
  const circuit = new SharedCircuitBreaker({ store: world.circuitStore, clock: world.clock, log: world.log });
  const ports = { ...world.ports(), circuits: circuit, random: Math.random };
  let count = 0;
  return {
    world,
    handled: () => handled,
    isDown: (whether: boolean) => {
      down = whether;
    },
    async event(program: string) {
      count += 1;
      const changes = { program, idempotencyKey: `event-${count}`, holder: `h${count}@example.com` };
      return (await accept(world.request(changes), ports)).issuance.id;
    },
    async work() {
      for (let records = world.queue.receive(); records.length > 0; records = world.queue.receive()) {
        handled += records.length;
        const { batchItemFailures } = await worker({ Records: records }, ports);
        expect(batchItemFailures).toEqual([]);
        for (const record of records) world.queue.delete(record);
      }
    },
    reconcile: () => reconcile(new Date(world.clock.now().getTime() + 60_000), ports),
  };
}

describe('fault 51: an outage of a day at 500 events a second', () => {
  test('leaves nothing in flight, hardly a message, and no work but a first look at each event', async (context) => {
    const day = outage();
    const { world } = day;
    let healthy = 0;
    let accepted = 0;
    for (let passed = 0, next = reconcileEveryMs; passed < 24 * hour; passed += everyMs) {
      accepted += 1;
      await day.event('program-dead');
      if (accepted % 10 === 0) {
        const id = await day.event('program-well');
        await day.work();
        if ((await world.store.get(id))?.status === 'submitted') healthy += 1;
      } else await day.work();
      world.clock.advance(everyMs);
      if (passed < next) continue;
      next += reconcileEveryMs;
      await day.reconcile();
      await day.work();
    }
    const all = world.store.all();
    const waiting = all.filter(({ waiting: isWaiting }) => isWaiting).length;
    const messages = world.queue.bodies.length;
    const handledEach = day.handled() / all.length;
    // A look costs two calls of the table: a place of the worker for 20 ms.
    const inFlight = 500 * handledEach * 0.02;
    figure(
      context,
      `after a day at 500/s: ${(waiting * sample).toLocaleString('en')} wait in the table, about ${inFlight.toFixed(0)} messages in flight (quota 120,000), ` +
        `${messages} delayed messages in the sample of ${accepted}; each event was looked at ${handledEach.toFixed(2)} times`,
    );
    expect(waiting).toBeGreaterThan(0.99 * accepted);
    expect(messages).toBeLessThan(10);
    // Of the sample; probes and their candidates are many in it, and none among 43 million.
    expect(handledEach).toBeLessThan(1.3);
    expect(healthy).toBe(Math.floor(accepted / 10));

    day.isDown(false);
    let hours = 0;
    while (world.store.all().some(({ status }) => status === 'queued') && hours < 5) {
      for (let step = 0; step < 60; step += 1) {
        world.clock.advance(60_000);
        if (step % 5 === 0) await day.reconcile();
        await day.work();
      }
      hours += 1;
    }
    const ends = new Set(world.store.all().map(({ status }) => status));
    figure(
      context,
      `when the provider is back all ${accepted} of the sample were handed over within ${hours} h, at 50 a second at most`,
    );
    expect(ends).toEqual(new Set(['submitted']));
    expect(world.queue.deadLetters).toEqual([]);
  });
});

describe('fault 51: an outage of seconds', () => {
  test.for([5, 15, 25])('(%i) costs seconds: nobody waits for reconcile', async (seconds, context) => {
    const outageOf = outage();
    const { world } = outageOf;
    const waited: number[] = [];
    const under = new Set<string>();
    for (let second = 0; second < 300; second += 1) {
      outageOf.isDown(second >= 20 && second < 20 + seconds);
      for (let event = 0; event < 10 && second < 100; event += 1) under.add(await outageOf.event('program-dead'));
      await outageOf.work();
      for (const id of under) {
        const issuance = await world.store.get(id);
        if (issuance?.status !== 'submitted') continue;
        waited.push((Date.parse(issuance.updatedAt) - Date.parse(issuance.acceptedAt)) / 1000);
        under.delete(id);
      }
      world.clock.advance(1000);
    }
    const longest = Math.max(...waited);
    figure(
      context,
      `an outage of ${seconds} s: the last of those it met was handed over ${longest} s after it was accepted, none by way of the table`,
    );
    expect(under.size).toBe(0);
    expect(world.log.of('submission-delayed').filter(({ waits }) => waits === 'in the table').length).toBe(0);
    expect(longest).toBeLessThan(120);
  });
});
