/** callsPerSecond in one container: what waits, what is refused, and what a failure of the table does. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../../lib/config/load-environment.ts';
import type { Fetch } from '../../../lib/http/connecting-fetch.ts';
import type { LostJob, SubmittedJob } from '../../../lib/issuance/provider.ts';
import { programsOf } from '../../../lib/programs/programs.ts';
import { blockFor, timesOf } from '../../../lib/providers/call-rate/block-rule.ts';
import { callCeilings } from '../../../lib/providers/call-rate/call-ceilings.ts';
import type { CallTimes } from '../../../lib/providers/call-rate/ports.ts';
import { verdictOf } from '../../../lib/submit/circuit-breaker/circuit-rules.ts';
import { InMemoryCallTimes } from '../../fakes/in-memory-call-times.ts';
import { RecordingLog } from '../../fakes/recorders.ts';
import { Timeline } from '../../simulation/timeline.ts';

const start = Date.parse('2026-11-22T09:00:00.000Z');

/** Containers over one store in virtual time; the account `one` has a ceiling. */
function system(callsPerSecond: number, times: CallTimes = new InMemoryCallTimes()) {
  const timeline = new Timeline(start);
  const log = new RecordingLog();
  const calls: number[] = [];
  const codes: unknown[] = [];
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => timeline.after(milliseconds, resolve));
  const fetch: Fetch = async () => {
    calls.push(timeline.now - start);
    return { status: 200, headers: { get: () => null }, body: null };
  };
  const options = { method: 'GET', headers: {}, redirect: 'manual', signal: new AbortController().signal } as const;
  return {
    timeline,
    log,
    /** When each call was made, and the codes of those that were not. */
    calls,
    codes,
    container() {
      const accounts = { one: { callsPerSecond }, free: {} };
      const settings = { accounts, callMs: 10_000, place: 'worker: calls per second' as const };
      const ceilings = callCeilings(settings, { times, now: () => timeline.now, sleep, log });
      return {
        ...ceilings,
        call: (account = 'one') =>
          ceilings
            .limit(account, fetch)('https://provider.example', options)
            .catch((error) => codes.push(error.code)),
      };
    },
    run: (forMs: number) => {
      const end = timeline.now + forMs;
      // What has begun goes on before time does.
      timeline.after(0, () => undefined);
      timeline.after(forMs, () => undefined);
      return timeline.run(() => timeline.now >= end);
    },
  };
}

const gone: CallTimes = { take: () => Promise.reject(new Error('the table refuses, holder ada@example.com')) };
const silent: CallTimes = { take: () => new Promise(() => undefined) };

describe('fault 52: a ceiling of our own', () => {
  test('calls are made one after the other, at its pace, whichever container makes them', async () => {
    const { container, calls, run } = system(10);
    const [first, second] = [container(), container()];
    for (let each = 0; each < 5; each += 1) for (const one of [first, second]) void one.call();
    await run(3000);
    expect(calls.toSorted((a, b) => a - b)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
  });

  test('a call that would wait for more than a fifth of its deadline is not made', async () => {
    const { container, calls, codes, run } = system(10);
    const one = container();
    for (let each = 0; each < 50; each += 1) void one.call();
    await run(5000);
    expect(Math.max(...calls)).toBeLessThanOrEqual(2000);
    expect(calls.length).toBeGreaterThanOrEqual(19);
    expect(codes).toHaveLength(50 - calls.length);
    expect(new Set(codes)).toEqual(new Set(['calls-limited']));
  });

  test('an account without one is called at once, and the table is not asked', async () => {
    const times = new InMemoryCallTimes();
    const { container, calls, run } = system(1, times);
    const one = container();
    for (let each = 0; each < 20; each += 1) void one.call('free');
    await run(1);
    expect(calls).toEqual(Array.from({ length: 20 }, () => 0));
    expect(times.claims).toBe(0);
    expect(await one.heldBack('free')).toBeUndefined();
  });

  test('what a container that died had taken is lost, and nothing else', async () => {
    const { container, calls, run } = system(10);
    const dead = container();
    for (let each = 0; each < 10; each += 1) void dead.heldBack('one');
    await run(10);
    const living = container();
    for (let each = 0; each < 5; each += 1) void living.call();
    await run(5000);
    // One second at most was taken.
    expect(calls.toSorted((a, b) => a - b)[0]).toBeLessThanOrEqual(1000);
    expect(calls).toHaveLength(5);
  });

  test('times that nobody used expire: there is no burst after a pause', async () => {
    const { container, calls, run } = system(10);
    const one = container();
    for (let each = 0; each < 10; each += 1) void one.call();
    await run(1000);
    // A block of ten, as there were ten calls in the last second.
    void one.heldBack('one');
    await run(5000);
    const before = calls.length;
    for (let each = 0; each < 10; each += 1) void one.call();
    await run(450);
    expect(calls.length - before).toBeLessThanOrEqual(5);
  });

  test('a container alone keeps it, even if the store forgets what was taken', async () => {
    const { container, calls, run } = system(10, { take: async (_account, { from }) => from });
    const one = container();
    for (let round = 0; round < 20; round += 1) {
      for (let each = 0; each < 5; each += 1) void one.call();
      await run(250);
    }
    expect(calls.length).toBeGreaterThanOrEqual(45);
    expect(calls.length).toBeLessThanOrEqual(61);
  });

  test('a container that is always refused claims less and less often', async () => {
    let claims = 0;
    const refusing: CallTimes = {
      take: async () => {
        claims += 1;
        return undefined;
      },
    };
    const { container, run } = system(10, refusing);
    const one = container();
    for (let tenth = 0; tenth < 1000; tenth += 1) {
      void one.call();
      await run(100);
    }
    // In a hundred seconds one every two seconds, and at first two more.
    expect(claims).toBeGreaterThanOrEqual(45);
    expect(claims).toBeLessThanOrEqual(55);
  });

  test('heldBack promises a call that is soon, and each but once', async () => {
    const { container, calls, run } = system(1);
    const one = container();
    const refused = { code: 'calls-limited', kind: 'retry-later', retryAfterSeconds: 1 };
    expect(await one.heldBack('one')).toBeUndefined();
    expect(await one.heldBack('one')).toMatchObject(refused);
    void one.call();
    await run(1);
    expect(calls).toEqual([0]);
    expect(await one.heldBack('one')).toMatchObject(refused);
    await run(900);
    expect(await one.heldBack('one')).toBeUndefined();
  });

  test('a promise that is not kept is no longer waited for', async () => {
    const { container, run } = system(1);
    const one = container();
    expect(await one.heldBack('one')).toBeUndefined();
    await run(501);
    expect(await one.heldBack('one')).toBeUndefined();
  });

  test('a promise that was kept stands in nobody’s way', async () => {
    const { container, calls, run } = system(6);
    const one = container();
    expect(await one.heldBack('one')).toBeUndefined();
    void one.call();
    await run(1);
    expect(calls).toEqual([0]);
    expect(await one.heldBack('one')).toBeUndefined();
  });

  test('what is refused for more than ten seconds waits in the table', async () => {
    const { container, run } = system(1);
    const one = container();
    const waits: (number | undefined)[] = [];
    for (let tenth = 0; tenth < 150; tenth += 1) {
      waits.push((await one.heldBack('one'))?.retryAfterSeconds ?? 0);
      void one.call();
      await run(100);
    }
    expect(waits.slice(0, 100)).not.toContain(61);
    expect(waits.slice(0, 100)).toContain(1);
    expect(waits.slice(110)).not.toContain(1);
    expect(waits.slice(110)).toContain(61);
    await run(10_001);
    void one.call();
    const after = [await one.heldBack('one'), await one.heldBack('one')].map((error) => error?.retryAfterSeconds);
    expect(after).not.toContain(61);
  });

  test('what is refused is not claimed again and again', async () => {
    const times = new InMemoryCallTimes();
    const { container, run } = system(1, times);
    const one = container();
    for (let tenth = 0; tenth < 100; tenth += 1) {
      void one.call();
      await run(100);
    }
    // One of a hundred calls a second for ten seconds: about one claim a second is granted, and few are refused.
    expect(times.claims).toBeLessThan(30);
  });
});

describe('fault 52: a block', () => {
  const demand = { now: start, callsPerSecond: 50, maxWaitMs: 2000, waiting: 1, recent: 0, ownEnd: 0 };

  test.each([
    [{ waiting: 1 }, 1],
    [{ waiting: 7 }, 7],
    [{ recent: 9 }, 9],
    [{ waiting: 1000 }, 50],
    [{ waiting: 1000, maxWaitMs: 200 }, 5],
    [{ waiting: 1000, maxWaitMs: 60_000 }, 50],
    [{ waiting: 1000, callsPerSecond: 0.1 }, 1],
  ])('for %j is of %i, and none of its calls waits for longer than it may', (changes, calls) => {
    const given = { ...demand, ...changes };
    const block = blockFor(given);
    expect(block).toMatchObject({ calls, from: start, lengthMs: (calls * 1000) / given.callsPerSecond });
    expect(timesOf(block, block.latest).at(-1)).toBeCloseTo(start + given.maxWaitMs, 6);
  });

  test('says nothing of the provider when there is none', () => expect(verdictOf('calls-limited')).toBe('nothing'));
});

describe('fault 52: the table of the ceiling', () => {
  test.each<[string, CallTimes]>([
    ['refuses', gone],
    ['does not answer', silent],
  ])('%s: no call is made, it is tried later, and an alarm rings', async (_how, times) => {
    const { container, calls, codes, log, run } = system(100, times);
    const one = container();
    for (let each = 0; each < 3; each += 1) void one.call();
    await run(1500);
    expect(calls).toEqual([]);
    expect(codes).toEqual(['calls-limited', 'calls-limited', 'calls-limited']);
    expect(log.of('unexpected-error')).toMatchObject([{ where: 'worker: calls per second' }]);
    expect(JSON.stringify(log.entries)).not.toContain('ada@');
  });
});

describe('fault 52: every program of every provider', () => {
  const environment = loadEnvironment('local');
  const accounts = Object.fromEntries(Object.keys(environment.accounts).map((name) => [name, { callsPerSecond: 1 }]));
  const now = () => new Date(start);
  let sent = 0;
  const ceilings = callCeilings(
    { accounts, callMs: 10_000, place: 'worker' },
    { times: { take: async () => undefined }, now: () => start, sleep: async () => undefined, log: new RecordingLog() },
  );
  const secret = { apiKey: 'key', clientId: 'id', clientSecret: 'secret' };
  const programs = programsOf(environment, (account) => ({
    fetch: ceilings.limit(account, async () => {
      sent += 1;
      throw new Error('sent');
    }),
    callDeadlineMs: 10_000,
    accountSecret: { read: async () => secret, refresh: async () => secret },
    partnerTokens: { sign: async () => 'token', refresh: () => undefined },
    now,
  }));

  test.each(Object.keys(environment.programs))(
    '%s: a call over the ceiling is not sent, and not in doubt',
    async (name) => {
      const job: LostJob & SubmittedJob = {
        issuanceId: 'iss_1',
        program: name,
        holder: 'ada@example.com',
        claims: {},
        progress: {},
        knownReceipts: [],
        facts: { known: async () => false, remember: async () => undefined },
        keep: async () => undefined,
        lostSince: now(),
        begunAt: now(),
        receipt: { coreClaimHash: 'a'.repeat(64), correlationId: 'iss_1' },
      };
      const provider = programs.provider(name);
      for (const asking of [provider.submit(job), provider.recover(job), provider.check(job)])
        await expect(asking).rejects.toMatchObject({ code: 'calls-limited', kind: 'retry-later' });
      expect(sent).toBe(0);
    },
  );
});
