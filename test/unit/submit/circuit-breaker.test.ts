/** A provider that is out of order for one program is left alone, tried by one probe at a time, and used again. */

import { beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { type IssuanceId, issuanceId } from '../../../lib/issuance/ids.ts';
import type { Issuance } from '../../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { SharedCircuitBreaker } from '../../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { submit } from '../../../lib/submit/submit.ts';
import type { SubmitEnd } from '../../../lib/submit/submit-end.ts';
import { nobody } from '../../fakes/ids.ts';
import type { InMemoryCircuits } from '../../fakes/in-memory-circuits.ts';
import { World } from '../../fakes/world.ts';

let world: World;
let store: InMemoryCircuits;
let broken: ErrorCode | undefined;
let calls: string[];
let count: number;

beforeEach(() => {
  world = new World();
  store = world.circuitStore;
  broken = undefined;
  calls = [];
  count = 0;
  const { provider } = world;
  const works = provider.submit.bind(provider);
  provider.submit = async (job) => {
    calls.push(job.program);
    if (broken !== undefined && job.program === 'program-a') throw new IssuanceError(broken);
    return works(job);
  };
});

/** A worker's container: circuits with a memory of their own over the shared store. */
function container() {
  return { ...world.ports(), circuits: new SharedCircuitBreaker({ store, clock: world.clock, log: world.log }) };
}

async function accepted(program = 'program-a'): Promise<IssuanceId> {
  count += 1;
  const changes = { program, idempotencyKey: `event-${count}`, holder: `${count}@example.com` };
  return (await accept(world.request(changes), world.ports())).issuance.id;
}

async function work(ids: IssuanceId[], ports = container()): Promise<SubmitEnd[]> {
  const ends: SubmitEnd[] = [];
  for (const id of ids) ends.push(await submit(id, 1, ports));
  return ends;
}

const many = (size: number, program?: string) => Promise.all(Array.from({ length: size }, () => accepted(program)));
const record = async (id: IssuanceId) => (await world.store.get(id)) as Issuance;
const waits = (code: ErrorCode) => expect.objectContaining({ event: 'submission-delayed', code });

describe('an outage', () => {
  test.each<ErrorCode>(['provider-unavailable', 'provider-unreachable', 'provider-answer-lost'])(
    '(%s) opens the circuit after seven failures: nothing is sent any more',
    async (code) => {
      broken = code;
      const ids = await many(20);
      const ends = await work(ids);
      expect(calls).toHaveLength(7);
      expect(ends.slice(0, 6)).toMatchObject(Array(6).fill({ end: 'again' }));
      // Ten seconds, and the jitter of a first try.
      expect(ends.slice(7)).toEqual(Array(13).fill({ end: 'again', delaySeconds: 13 }));
      expect(world.log.of('submission-delayed').slice(7)).toEqual(Array(13).fill(waits('circuit-open')));
      expect(world.log.of('circuit-opened')).toEqual([{ event: 'circuit-opened', program: 'program-a', code }]);
      const last = ids.at(-1) ?? nobody;
      expect(await record(last)).not.toHaveProperty('waiting');
      expect(await submit(last, 4, container())).toEqual({ end: 'done', poll: false });
      expect(await record(last)).toMatchObject({
        status: 'queued',
        waiting: true,
        reason: { code: 'circuit-open', detail: code },
      });
    },
  );

  test('does not stop other programs', async () => {
    broken = 'provider-unavailable';
    await work(await many(10));
    expect(await work(await many(10, 'program-b'))).toEqual(Array(10).fill({ end: 'done', poll: true }));
  });

  test('is known within seconds to the containers that have not met it', async () => {
    const other = container();
    const [first = nobody, later = nobody, ...rest] = await many(22);
    await work([first], other);
    broken = 'provider-unavailable';
    await work(rest);
    const made = calls.length;
    world.clock.advance(5000);
    expect(await work([later], other)).toEqual([{ end: 'again', delaySeconds: 8 }]);
    expect(calls).toHaveLength(made);
  });

  test('is tried by one probe at a time, seldomer with each that fails, by whichever container', async () => {
    broken = 'provider-unavailable';
    const ids = await many(12);
    await work(ids);
    const gaps: number[] = [];
    for (let seconds = 0, last = 0; seconds < 1300; seconds += 1) {
      world.clock.advance(1000);
      calls = [];
      await work(ids.slice(seconds % 6, (seconds % 6) + 3));
      if (calls.length > 0) gaps.push(seconds - last);
      if (calls.length > 0) last = seconds;
      expect(calls.length).toBeLessThanOrEqual(1);
    }
    expect(gaps.slice(1)).toEqual([20, 40, 80, 160, 240, 240, 240, 240]);
  });

  test('fault 49: that lasts is waited for in the table, though a probe is due soon or under way', async () => {
    broken = 'provider-unavailable';
    const ids = await many(12);
    await work(ids);
    const waitOf = async (afterSeconds: number) => {
      world.clock.advance(afterSeconds * 1000);
      return work([await accepted()]);
    };
    // The probes after 10, 20 and 40 seconds: the third opening of the circuit is the last short one.
    for (const seconds of [10, 20]) expect(await waitOf(seconds)).toMatchObject([{ end: 'again' }]);
    expect(await waitOf(5)).toMatchObject([{ end: 'again' }]);
    await waitOf(35);
    for (const seconds of [1, 40, 38]) expect(await waitOf(seconds)).toEqual([{ end: 'done', poll: false }]);
    expect(world.log.of('submission-delayed').slice(-3)).toEqual(
      Array(3).fill(expect.objectContaining({ waits: 'in the table' })),
    );
  });

  test('that is over is found out by the probe, and everything goes on', async () => {
    broken = 'provider-unavailable';
    const ids = await many(12);
    await work(ids);
    broken = undefined;
    world.clock.advance(10_000);
    await work(ids);
    expect(world.log.of('circuit-closed')).toEqual([{ event: 'circuit-closed', program: 'program-a' }]);
    expect(new Set(world.store.all().map(({ status }) => status))).toEqual(new Set(['submitted']));
  });

  test('is waited for as long as the provider asks', async () => {
    world.provider.submit = async () => {
      throw new IssuanceError('provider-unavailable', { retryAfterSeconds: 600 });
    };
    const ids = await many(9);
    await work(ids);
    world.clock.advance(599_000);
    expect(await work(ids.slice(8))).toEqual([{ end: 'done', poll: false }]);
    world.provider.submit = async () => ({ receipt: { reference: 'r' }, knownAs: 'r' });
    world.clock.advance(1_000);
    expect(await work(ids.slice(8))).toEqual([{ end: 'done', poll: true }]);
  });

  test('is not waited for longer than a few hours, whatever the provider asks', async () => {
    const works = world.provider.submit;
    world.provider.submit = async () => {
      throw new IssuanceError('provider-unavailable', { retryAfterSeconds: 10 ** 9 });
    };
    await work(await many(7));
    world.provider.submit = works;
    world.clock.advance(3 * 3600_000);
    expect(await work(await many(1))).toEqual([{ end: 'done', poll: true }]);
  });

  test('a probe that dies keeps the next one away for a minute only', async () => {
    broken = 'provider-unavailable';
    const ids = await many(9);
    await work(ids);
    world.clock.advance(10_000);
    await container().circuits.admit('program-a', issuanceId('iss_dies'));
    calls = [];
    broken = undefined;
    await work(ids);
    expect(calls).toEqual([]);
    world.clock.advance(60_000);
    await work(ids);
    expect(calls.length).toBe(9);
  });
});

describe('fault 51: one that came from the waiting room, by a message that counts no tries,', () => {
  async function waiting(size: number): Promise<IssuanceId[]> {
    broken = 'provider-unavailable';
    const ids = await many(7 + size);
    await work(ids);
    for (const id of ids.slice(7)) await submit(id, 4, container());
    return ids.slice(7);
  }

  test('goes back there when it was the probe and failed', async () => {
    const [id = nobody] = await waiting(1);
    world.clock.advance(10_000);
    expect(await work([id])).toEqual([{ end: 'done', poll: false }]);
    expect(calls).toHaveLength(8);
    expect(await record(id)).toMatchObject({ waiting: true, reason: { code: 'provider-unavailable' } });
  });

  test('goes back there when another was faster to be the probe', async () => {
    const [id = nobody] = await waiting(1);
    world.clock.advance(10_000);
    const late = container();
    const admit = late.circuits.admit.bind(late.circuits);
    late.circuits.admit = async (program, own) => {
      await container().circuits.admit(program, issuanceId('iss_faster'));
      return admit(program, own);
    };
    expect(await work([id], late)).toEqual([{ end: 'done', poll: false }]);
    expect(await record(id)).toMatchObject({ waiting: true, reason: { code: 'circuit-open' } });
  });

  test('stays there, at no write, while the circuit is open', async () => {
    const [id = nobody] = await waiting(1);
    const before = await record(id);
    expect(await work([id])).toEqual([{ end: 'done', poll: false }]);
    expect(await record(id)).toEqual(before);
  });
});

test('while a probe is under way the wait is short, for it may end at any moment', async () => {
  broken = 'provider-unavailable';
  const [id = nobody, ...ids] = await many(9);
  await work(ids);
  world.clock.advance(10_000);
  await container().circuits.admit('program-a', issuanceId('iss_probe'));
  expect(await work([id])).toEqual([{ end: 'again', delaySeconds: 1 + 3 }]);
});

describe('what is no outage', () => {
  test.each<ErrorCode>([
    'provider-rate-limited',
    'provider-rejected-claims',
    'holder-refused-consent',
    'signing-key-unavailable',
    'secret-unavailable',
  ])('%s leaves it closed', async (code) => {
    broken = code;
    await work(await many(12));
    expect(calls).toHaveLength(12);
    expect(world.log.of('circuit-opened')).toEqual([]);
  });

  test('one issuance that fails again and again', async () => {
    broken = 'provider-unavailable';
    const id = await accepted();
    const ports = container();
    for (let tries = 0; tries < 20; tries += 1) {
      await work([id], ports);
      world.clock.advance(60_000);
    }
    expect(calls).toHaveLength(20);
  });

  test('failures with successes between them', async () => {
    const ports = container();
    for (let round = 0; round < 5; round += 1) {
      broken = 'provider-unavailable';
      await work(await many(6), ports);
      broken = undefined;
      await work(await many(1), ports);
    }
    expect(calls).toHaveLength(35);
  });

  test('costs no write, and one read a second', async () => {
    await work(await many(50));
    expect([store.reads, store.writes]).toEqual([1, 0]);
  });
});

describe('an account that is refused', () => {
  test.each<ErrorCode>(['provider-refused-signature', 'provider-refused-login', 'provider-feature-disabled'])(
    '(%s) fails two issuances, which ring; the others wait until it is fixed',
    async (code) => {
      broken = code;
      const ids = await many(30);
      await work(ids);
      expect(calls).toHaveLength(3);
      const failed = world.store.all().filter(({ status }) => status === 'failed');
      expect(failed.map(({ reason }) => reason?.code)).toEqual([code, code]);
      for (let hours = 0; hours < 24; hours += 1) {
        world.clock.advance(3600_000);
        await work(ids);
      }
      expect(world.store.all().filter(({ status }) => status === 'failed')).toHaveLength(2);
      broken = undefined;
      world.clock.advance(3600_000);
      await work(ids);
      expect(world.store.all().filter(({ status }) => status === 'submitted')).toHaveLength(28);
    },
  );

  test('ends in time: what waits longer than we keep trying has failed', async () => {
    broken = 'provider-refused-login';
    const ids = await many(5);
    await work(ids);
    world.clock.advance(73 * 3600_000);
    await work(ids.slice(4));
    expect(await record(ids[4] ?? nobody)).toMatchObject({ status: 'failed', reason: { code: 'retries-exhausted' } });
  });
});

describe('a call whose outcome is unknown', () => {
  const committed = { outcome: 'committed', submission: { receipt: { reference: 'r' }, knownAs: 'r' } } as const;

  async function opened(size: number): Promise<IssuanceId[]> {
    broken = 'provider-answer-lost';
    const ids = await many(size);
    await work(ids);
    return ids;
  }

  test('fault 49: is found out about by one probe at a time while the circuit is open', async () => {
    const ids = await opened(9);
    expect(await work(ids.slice(0, 3))).toEqual(Array(3).fill({ end: 'again', delaySeconds: 13 }));
    expect(world.provider.recovered).toEqual([]);
    expect(await record(ids[0] ?? nobody)).toMatchObject({ status: 'submitting', reason: { code: 'circuit-open' } });
    world.clock.advance(10_000);
    world.provider.onRecover(new IssuanceError('provider-answer-lost'));
    await work(ids.slice(0, 3));
    expect(world.provider.recovered).toHaveLength(1);
    world.clock.advance(10_000);
    await work(ids.slice(0, 3));
    expect(world.provider.recovered).toHaveLength(1);
  });

  test('fault 49: and once it is, the next is at once, though nothing is handed over yet', async () => {
    const ids = await opened(9);
    world.clock.advance(10_000);
    world.provider.onRecover(committed, committed, committed);
    expect(await work(ids.slice(0, 3))).toEqual(Array(3).fill({ end: 'done', poll: true }));
    expect(world.log.of('circuit-closed')).toEqual([]);
  });

  test('fault 49: that did nothing is handed over as the same probe, which closes the circuit', async () => {
    const ids = await opened(9);
    broken = undefined;
    world.clock.advance(10_000);
    expect(await work(ids.slice(0, 1))).toEqual([{ end: 'done', poll: true }]);
    expect(world.log.of('circuit-closed')).toHaveLength(1);
  });

  test('fault 49: and is lost again when it is, leaves the circuit open for longer', async () => {
    const ids = await opened(9);
    calls = [];
    world.clock.advance(10_000);
    await work(ids.slice(0, 3));
    expect(calls).toHaveLength(1);
    world.clock.advance(19_000);
    await work(ids.slice(0, 3));
    expect(calls).toHaveLength(1);
  });

  test('fault 49: lets the next probe through when finding out ends in something that says nothing', async () => {
    const ids = await opened(9);
    world.clock.advance(10_000);
    world.provider.onRecover(new IssuanceError('outcome-unknown'), committed);
    expect(await work(ids.slice(0, 2))).toEqual([
      { end: 'done', poll: false },
      { end: 'done', poll: true },
    ]);
  });

  test.each<ErrorCode>(['outcome-unknown', 'provider-answer-lost'])(
    'fault 55: a refusal met in finding out about it (%s) counts',
    async (code) => {
      broken = 'provider-answer-lost';
      const ids = await many(3);
      await work(ids);
      const cause = new IssuanceError('provider-refused-login');
      world.provider.onRecover(...ids.map(() => new IssuanceError(code, { cause })));
      await work(ids);
      expect(world.log.of('circuit-opened')).toHaveLength(1);
    },
  );

  test('stays in doubt while the account is refused, and is not given up', async () => {
    broken = 'provider-answer-lost';
    const [first = nobody] = await many(1);
    await work([first]);
    broken = 'provider-refused-signature';
    await work(await many(4));
    const cause = new IssuanceError('provider-refused-signature');
    world.provider.onRecover(new IssuanceError('outcome-unknown', { cause }));
    expect(await work([first])).toEqual([{ end: 'again', delaySeconds: 13 }]);
    expect(await record(first)).toMatchObject({ status: 'submitting', reason: { code: 'circuit-open' } });
    expect((await record(first)).attempt).toHaveProperty('openSince');
  });
});

test('a failure of the circuits keeps no issuance back', async () => {
  store.get = () => Promise.reject(new Error('throttled'));
  broken = undefined;
  expect(await work(await many(2))).toEqual(Array(2).fill({ end: 'done', poll: true }));
  broken = 'provider-unavailable';
  expect(await work(await many(1))).toMatchObject([{ end: 'again' }]);
});
