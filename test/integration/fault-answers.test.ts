/** Every way an answer of the provider can be wrong or missing, and what becomes of the issuance: one live credential. */
import { kycClaims } from '@issue-on-behalf/provider-sandboxes/test/air-kit-partner';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../lib/accept/accept.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { submit } from '../../lib/submit/submit.ts';
import { closedOrigin } from '../fakes/closed-origin.ts';
import { SingleProgram } from '../fakes/single-program.ts';
import { World } from '../fakes/world.ts';
import { type AccountChanges, AirKitAccount } from './air-kit-account.ts';

let account: AirKitAccount;
let count = 0;

beforeAll(async () => {
  account = await AirKitAccount.start();
});
afterAll(() => account.close());
beforeEach(() => account.sandbox.switchboard.reset());

/** Submits under a fault (or at a provider that is not there), then again when it is gone. */
async function endsOf(fault: Record<string, unknown> | undefined, changes: AccountChanges = {}) {
  const world = new World();
  // The sandbox dates its credentials by the true time.
  const clock = { now: () => new Date() };
  count += 1;
  const holder = `answer-${count}@example.com`;
  const { issuance } = await accept(world.request({ holder, claims: kycClaims }), { ...world.ports(), clock });
  const portsWith = (given: AccountChanges) => ({
    ...world.ports(),
    clock,
    // What the sandbox does it does at once; test/unit/submit/settling.test.ts shows the wait.
    settlingMs: 0,
    programs: new SingleProgram(account.connect(given)),
  });
  const switches = { jwksCacheMs: 0, faults: { tried: { ...fault, operation: 'issue', next: 1 } } };
  if (fault !== undefined) account.sandbox.switchboard.merge(switches);
  await submit(issuance.id, 1, portsWith(changes));
  const during = await world.store.get(issuance.id);
  account.sandbox.switchboard.reset();
  const end = await submit(issuance.id, 2, portsWith({}));
  return { during, end, after: await world.store.get(issuance.id), held: account.holding(holder) };
}

const standing = (issuance: Issuance | undefined) => `${issuance?.status}: ${issuance?.reason?.code}`;
const issuedOnce = { issuedEver: 1, live: expect.any(String) };

describe('fault 17: an answer that says it was not done', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['429', { kind: 'status', status: 429, retryAfter: 7 }, 'queued: provider-rate-limited'],
  ])('%s: tried again, without asking', async (_what, fault, expected) => {
    const { during, end, held } = await endsOf(fault);
    expect([standing(during), end, held]).toEqual([expected, { end: 'done', poll: true }, issuedOnce]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['400', { kind: 'status', status: 400 }, 'failed: provider-rejected-claims'],
    ['403', { kind: 'status', status: 403 }, 'failed: provider-feature-disabled'],
    ['a redirect', { kind: 'redirect' }, 'failed: provider-refused-request'],
  ])('%s: failed, and a redelivery does nothing', async (_what, fault, expected) => {
    const { during, end, after, held } = await endsOf(fault);
    expect([standing(during), end, after]).toEqual([expected, { end: 'done', poll: false }, during]);
    expect(held.issuedEver).toBe(0);
  });
});

describe('fault 17: an answer that leaves open what was done', () => {
  const garbage = (body: string, more = {}) => ({ kind: 'garbage', body, ...more });
  test.each<[string, Record<string, unknown>]>([
    ['500', { kind: 'status', status: 500 }],
    ['502', { kind: 'status', status: 502 }],
    ['503', { kind: 'status', status: 503 }],
    ['503 after it was done', { kind: 'status', status: 503, commit: true }],
    ['504 after it was done', { kind: 'status', status: 504, commit: true }],
    ['HTML', garbage('html')],
    ['half of the JSON', garbage('truncated-json')],
    ['cut off', garbage('cut-off')],
    ['another content type', garbage('wrong-content-type')],
    ['nothing', garbage('empty')],
    ['an error in a 200', garbage('error-in-200')],
    ['5 MB', garbage('huge', { bytes: 5e6 })],
    ['a gzip bomb', garbage('gzip-bomb', { bytes: 5e7 })],
  ])('%s: kept open, asked about, one credential', async (_what, fault) => {
    const { during, end, after, held } = await endsOf(fault);
    expect(standing(during)).toMatch(/^submitting: provider-(answer-(lost|unreadable)|unavailable-in-doubt)$/);
    expect([end, held]).toEqual([{ end: 'done', poll: true }, issuedOnce]);
    expect(after?.receipt).toMatchObject({ coreClaimHash: held.live });
  });
});

describe('fault 18: no answer in time', () => {
  test.each<[string, Record<string, unknown>]>([
    ['accepted and never answered', { kind: 'hang' }],
    ['never answered, nothing done', { kind: 'hang', commit: false }],
    ['a byte from time to time', { kind: 'slow-drip', everyMs: 200 }],
    ['dropped', { kind: 'drop' }],
    ['dropped before it was done', { kind: 'drop', commit: false }],
  ])('%s: kept open, asked about, one credential', async (_what, fault) => {
    const { during, end, held } = await endsOf(fault, { deadlineMs: 700 });
    expect(standing(during)).toBe('submitting: provider-answer-lost');
    expect([end, held]).toEqual([{ end: 'done', poll: true }, issuedOnce]);
  });

  test.each([
    ['a name nobody knows', async () => 'http://nothing.invalid'],
    ['a port nobody listens at', closedOrigin],
    ['something that speaks no TLS', async () => account.sandbox.url.replace('http:', 'https:')],
  ])('%s: certainly not sent, so it is tried again', async (_what, baseUrl) => {
    const { during, end, held } = await endsOf(undefined, { baseUrl: await baseUrl() });
    expect([standing(during), end, held]).toEqual([
      'queued: provider-unreachable',
      { end: 'done', poll: true },
      issuedOnce,
    ]);
  });
});
