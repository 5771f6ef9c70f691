/** A provider that asks to be left alone while it is polled: no question about the program before then. */

import { describe, expect, test } from 'vitest';
import { confirm, type PollerRound } from '../../../lib/confirm/confirm.ts';
import { waitSeconds as scheduled, slowest } from '../../../lib/confirm/poll-schedule.ts';
import type { PollerState } from '../../../lib/confirm/poller-state.ts';
import { parseRetryAfter } from '../../../lib/http/retry-after.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';
import { hour, World } from '../../fakes/world.ts';

const startedAt = '2026-11-22T09:00:00.000Z';
const second = 1000;
const idOf = (letter: string) => issuanceId(`iss_${letter.repeat(27)}`);
const ids = ['a', 'b', 'c'].map(idOf);
const state: PollerState = { ids, startedAt, round: 0 };

function refused(retryAfterSeconds?: number, code: ErrorCode = 'provider-rate-limited'): IssuanceError {
  return new IssuanceError(code, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
}

/** Three submitted issuances of program-a, and one of each other program. */
function worldWith(...others: string[]): World {
  const world = new World();
  const programs = ['program-a', 'program-a', 'program-a', ...others];
  for (const [index, program] of programs.entries()) {
    const id = idOf('abcdefgh'.charAt(index));
    world.store.put(issuanceIn('submitted', { id, program, submittedAt: startedAt }));
  }
  return world;
}

/** One question at a time, so that the first answer is known before the second question. */
const ask = (world: World, from: PollerState) => confirm(from, { ...world.ports(), concurrency: 1 });

function stateAfter({ next: _next, waitSeconds: _wait, ...after }: PollerRound): PollerState {
  return after;
}

/** Rounds, each after the wait the one before asked for, until the time has come; the last round. */
async function roundsUntil(world: World, first: PollerRound, time: number): Promise<PollerRound> {
  let last = first;
  while (world.clock.now().getTime() + last.waitSeconds * second < time) {
    world.clock.advance(last.waitSeconds * second);
    last = await ask(world, stateAfter(last));
  }
  return last;
}

describe('fault 52: one was told to wait', () => {
  test('the rest of its program is left unasked in this round; all stay submitted, nobody is told', async () => {
    const world = worldWith();
    world.provider.onCheck(refused(600));
    expect(await ask(world, state)).toMatchObject({ ids, next: 'wait' });
    expect(world.provider.checked).toHaveLength(1);
    for (const id of ids) expect((await world.store.get(id))?.status).toBe('submitted');
    expect([...world.announcer.events, ...world.queue.bodies]).toEqual([]);
  });

  test('another program is asked about, at the schedule’s pace', async () => {
    const world = worldWith('program-b');
    const all = [...ids, idOf('d')];
    world.provider.onCheck(refused(600));
    const first = await ask(world, { ...state, ids: all });
    expect(first).toMatchObject({ ids: all, waitSeconds: 1 });
    expect(world.provider.checked.map(({ program }) => program)).toEqual(['program-a', 'program-b']);
    await ask(world, stateAfter(first));
    expect(world.provider.checked.map(({ program }) => program)).toEqual(['program-a', 'program-b', 'program-b']);
  });
});

describe('fault 52: until when', () => {
  const now = new Date(startedAt);
  test.each<[string, string, number]>([
    ['seconds', '600', 600],
    ['a date', 'Sun, 22 Nov 2026 09:10:00 GMT', 600],
    ['longer than the slowest pace', '1800', 1800],
    ['10^9, which is taken for an hour', '1000000000', 3600],
  ])('%s: no question before, each is asked about after', async (_name, header, seconds) => {
    const world = worldWith();
    world.clock.advance(now.getTime() - world.clock.now().getTime());
    const end = now.getTime() + seconds * second;
    world.provider.onCheck(refused(parseRetryAfter(header, now)));
    const first = await ask(world, state);
    expect(first.holds).toEqual({ 'program-a': new Date(end).toISOString() });
    expect(first.waitSeconds).toBe(Math.min(seconds, slowest));
    const last = await roundsUntil(world, first, end);
    expect(world.provider.checked).toHaveLength(1);
    world.clock.advance(last.waitSeconds * second);
    expect(world.clock.now().getTime()).toBeGreaterThanOrEqual(end);
    expect((await ask(world, stateAfter(last))).holds).toEqual({});
    expect(world.provider.checked).toHaveLength(4);
  });

  test.each<[string, number | undefined]>([
    ['a missing or unreadable header', parseRetryAfter('soon', now)],
    ['none', 0],
    ['a time of the past', -5],
    ['not a number', Number.NaN],
  ])('%s holds nothing', async (_name, seconds) => {
    const world = worldWith();
    world.provider.onCheck(refused(seconds));
    expect(await ask(world, state)).toMatchObject({ holds: {}, waitSeconds: 1 });
    expect(world.provider.checked).toHaveLength(3);
  });

  test.each<[ErrorCode, number]>([
    ['provider-unavailable', 1],
    ['signing-key-unavailable', 3],
  ])('%s with a time: %i of three asked', async (code, questions) => {
    const world = worldWith();
    world.provider.onCheck(refused(600, code));
    await ask(world, state);
    expect(world.provider.checked).toHaveLength(questions);
  });

  test('the longest wish counts of several that were under way at once', async () => {
    const world = worldWith();
    world.provider.onCheck(refused(600), refused(60), refused(5));
    const { waitSeconds } = await confirm(state, { ...world.ports(), concurrency: 3 });
    expect(waitSeconds).toBe(600);
  });

  test('a wish shorter than the schedule’s pace does not hasten it', async () => {
    const world = worldWith();
    world.clock.advance(2 * hour);
    world.provider.onCheck(refused(1));
    expect((await ask(world, state)).waitSeconds).toBe(scheduled(state.round, 2 * hour));
  });

  test('with all open ones held, the first hold that ends ends the wait', async () => {
    const world = worldWith('program-b');
    world.provider.onCheck(refused(600), refused(200));
    expect((await ask(world, { ...state, ids: [...ids, idOf('d')] })).waitSeconds).toBe(200);
  });
});

describe('fault 52: the state of an execution', () => {
  const ahead = (seconds: number) => new Date(Date.parse(startedAt) + seconds * second).toISOString();

  test('a hold in it is kept without a question', async () => {
    const world = worldWith();
    const holds = { 'program-a': new Date(world.clock.now().getTime() + 60_000).toISOString() };
    expect(await ask(world, { ...state, holds })).toMatchObject({ ids, holds, waitSeconds: 60 });
    expect(world.provider.checked).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['garbage', { 'program-a': 'soon' }],
    ['over', { 'program-a': ahead(-1) }],
    ['years ahead', { 'program-a': '2099-01-01T00:00:00.000Z' }],
    ['of no form', 'soon'],
  ])('%s: all are asked about', async (_name, holds) => {
    const world = worldWith();
    const given: PollerState = JSON.parse(JSON.stringify({ ...state, holds }));
    expect((await ask(world, given)).holds).toEqual({});
    expect(world.provider.checked).toHaveLength(3);
  });
});

test('fault 52: one that is held past the deadline is parked, without another question', async () => {
  const world = worldWith();
  world.clock.advance(24 * hour);
  world.provider.onCheck(refused(3600));
  const first = await ask(world, state);
  expect(first.ids).toEqual(ids);
  world.clock.advance(first.waitSeconds * second);
  expect(await ask(world, stateAfter(first))).toMatchObject({ ids: [], next: 'done' });
  expect(world.provider.checked).toHaveLength(1);
  for (const id of ids) {
    const reason = { code: 'not-confirmed-in-time' };
    expect(await world.store.get(id)).toMatchObject({ status: 'unconfirmed', reason });
  }
});

test('fault 52: no held one falls due while its poller waits, also one that was answered before the refusal', async () => {
  const world = worldWith();
  world.provider.onCheck({ state: 'pending' }, refused(3600));
  const { waitSeconds } = await ask(world, state);
  expect(waitSeconds).toBe(slowest);
  const wakes = new Date(world.clock.now().getTime() + waitSeconds * second).toISOString();
  for (const id of ids) expect((await world.store.get(id))?.dueAt.localeCompare(wakes)).toBe(1);
});
