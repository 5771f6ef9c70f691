/** The faults of a provider sandbox strike where and as often as they are told to. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AirKitSandbox } from '../src/air-kit/start-air-kit-sandbox.ts';
import { control, issue, issueBody, startPartner, startSandbox, status, type TestPartner } from './air-kit-partner.ts';

let partner: TestPartner;
let sandbox: AirKitSandbox;
let token: string;

beforeAll(async () => {
  partner = await startPartner();
  sandbox = await startSandbox(partner.jwksUrl);
  token = await partner.token();
});

afterAll(async () => {
  await sandbox.close();
  await partner.close();
});

afterEach(() => sandbox.switchboard.reset());

async function arm(fault: Record<string, unknown>): Promise<void> {
  const { status: code, message } = await control(sandbox, 'switches', { faults: { tried: fault } });
  expect([code, message]).toEqual([200, '']);
}

const issuedCount = () => sandbox.inspect().totals.issued;
const lastCall = () => sandbox.inspect().calls.recent.at(-1);

async function rawIssue(signal = AbortSignal.timeout(60_000)): Promise<Response> {
  return await fetch(`${sandbox.url}/credentials/issue-on-behalf`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-partner-auth': token, 'content-type': 'application/json' },
    body: issueBody(),
    signal,
  });
}

async function statuses(calls: number): Promise<number[]> {
  const seen: number[] = [];
  for (let call = 0; call < calls; call += 1) seen.push((await rawIssue()).status);
  return seen;
}

describe('which calls a fault strikes', () => {
  test('only those of its operation', async () => {
    await arm({ kind: 'status', status: 503, operation: 'status' });
    const { status: code, json } = await issue(sandbox, token);
    expect(code).toBe(200);
    expect((await status(sandbox, token, json['coreClaimHash'])).status).toBe(503);
  });

  test('the next N, every Nth, or both', async () => {
    await arm({ kind: 'status', status: 503, next: 2 });
    expect(await statuses(4)).toEqual([503, 503, 200, 200]);
    await arm({ kind: 'status', status: 503, every: 3 });
    expect(await statuses(7)).toEqual([200, 200, 503, 200, 200, 503, 200]);
    await arm({ kind: 'status', status: 503, every: 2, next: 1 });
    expect(await statuses(5)).toEqual([200, 503, 200, 200, 200]);
    expect(sandbox.inspect().faults['tried']).toEqual({ seen: 2, injected: 1, active: false });
  });

  test('some of them by probability, the same ones for the same seed', async () => {
    const run = async (seed: number) => {
      await arm({ kind: 'status', status: 503, probability: 0.5, seed });
      return await statuses(24);
    };
    const first = await run(7);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  test('one that ends the call keeps the later ones from seeing it', async () => {
    const first = { kind: 'status', status: 503, next: 1 };
    await control(sandbox, 'switches', { faults: { first, second: { kind: 'status', status: 502, next: 1 } } });
    expect(await statuses(3)).toEqual([503, 502, 200]);
    expect(sandbox.inspect().faults['second']).toMatchObject({ seen: 1, injected: 1 });
  });

  test('none after its time, given as a duration or a date', async () => {
    await arm({ kind: 'status', status: 503, forMs: 0 });
    expect(await statuses(1)).toEqual([200]);
    await arm({ kind: 'status', status: 503, until: new Date(Date.now() - 1000).toISOString() });
    expect(await statuses(1)).toEqual([200]);
    await arm({ kind: 'status', status: 503, until: new Date(Date.now() + 3_600_000).toISOString(), forMs: 3_600_000 });
    expect(await statuses(1)).toEqual([503]);
  });
});

describe('what a fault does', () => {
  test.each([
    ['without', undefined, /^null$/],
    ['in seconds', 7, /^7$/],
    ['huge', 1e9, /^1000000000$/],
    ['garbage', 'soon', /^soon$/],
    ['as a date', { dateInSeconds: 60 }, /GMT$/],
  ])('429 with retry-after %s, before the commit', async (_name, retryAfter, header) => {
    const before = issuedCount();
    await arm({ kind: 'status', status: 429, retryAfter });
    const answer = await issue(sandbox, token);
    expect(answer.json).toEqual({ error: 429, message: 'Too many requests' });
    expect(String(answer.headers.get('retry-after'))).toMatch(header);
    expect(issuedCount()).toBe(before);
    expect(lastCall()).toMatchObject({ outcome: null, answered: 429, faults: ['tried'] });
  });

  test('5xx after the commit when asked', async () => {
    const before = issuedCount();
    await arm({ kind: 'status', status: 502, commit: true });
    expect((await issue(sandbox, token)).json).toEqual({ error: 502, message: 'Service temporarily unavailable' });
    expect(issuedCount()).toBe(before + 1);
  });

  test('drop after the commit, or before it', async () => {
    const before = issuedCount();
    await arm({ kind: 'drop' });
    await expect(rawIssue()).rejects.toThrow();
    expect(issuedCount()).toBe(before + 1);
    expect(lastCall()).toMatchObject({ outcome: 200, answered: null, faults: ['tried'] });
    await arm({ kind: 'drop', commit: false });
    await expect(rawIssue()).rejects.toThrow();
    expect(issuedCount()).toBe(before + 1);
  });

  test('hang: it never answers and does not commit', async () => {
    const before = issuedCount();
    await arm({ kind: 'hang' });
    const patience = new AbortController();
    const call = rawIssue(patience.signal);
    await vi.waitFor(() => expect(lastCall()).toMatchObject({ outcome: null, answered: null }), 30_000);
    patience.abort();
    await expect(call).rejects.toThrow('aborted');
    expect(issuedCount()).toBe(before);
  });

  test('latency, on top of another fault', async () => {
    await control(sandbox, 'switches', { faults: { slow: { kind: 'latency', ms: 60 } } });
    await arm({ kind: 'status', status: 500 });
    expect((await rawIssue()).status).toBe(500);
    expect(lastCall()).toMatchObject({ faults: ['slow', 'tried'] });
    expect(lastCall()?.ms).toBeGreaterThanOrEqual(50);
  });

  test('slow drip: the answer comes byte by byte', async () => {
    await arm({ kind: 'slow-drip', everyMs: 1 });
    const response = await rawIssue();
    let chunks = 0;
    for await (const _chunk of response.body ?? []) chunks += 1;
    expect(chunks).toBeGreaterThan(2);
  });

  test('redirect, which shows in the call log when it is followed', async () => {
    await arm({ kind: 'redirect', operation: 'issue', status: 308 });
    const response = await rawIssue();
    expect([response.status, response.headers.get('location')]).toEqual([308, '/redirected']);
    await fetch(new URL('/redirected', sandbox.origin));
    expect(lastCall()).toMatchObject({ operation: 'unrouted', path: '/redirected' });
  });

  test.each<[string, number, RegExp, RegExp]>([
    ['html', 200, /text\/html/, /^<!doctype html>/],
    ['truncated-json', 200, /application\/json/, /^\{"coreClaimHash":"[0-9a-f]+$/],
    ['wrong-content-type', 200, /text\/plain/, /^\{.*\}$/],
    ['empty', 200, /application\/json/, /^$/],
    ['error-in-200', 200, /application\/json/, /^\{"error":500,/],
  ])('garbage: %s', async (body, code, type, text) => {
    await arm({ kind: 'garbage', body });
    const response = await rawIssue();
    expect(response.status).toBe(code);
    expect(response.headers.get('content-type')).toMatch(type);
    expect(await response.text()).toMatch(text);
  });

  test('garbage: huge, plain and zipped, and cut off', async () => {
    await arm({ kind: 'garbage', body: 'huge', bytes: 300_000 });
    expect((await (await rawIssue()).text()).length).toBeGreaterThan(300_000);
    await arm({ kind: 'garbage', body: 'gzip-bomb', bytes: 300_000 });
    const bomb = await rawIssue();
    expect(bomb.headers.get('content-encoding')).toBe('gzip');
    expect((await bomb.text()).length).toBeGreaterThan(300_000);
    await arm({ kind: 'garbage', body: 'cut-off' });
    const cut = await rawIssue();
    await expect(cut.text()).rejects.toThrow();
  });
});

describe('the switches over HTTP', () => {
  test('merge, go back one by one with null, and all at once with DELETE', async () => {
    await arm({ kind: 'hang', operation: 'status' });
    const merged = await control(sandbox, 'switches', { scopeStrictness: 'issue' });
    expect(merged.json).toMatchObject({ scopeStrictness: 'issue', faults: { tried: { kind: 'hang', commit: false } } });
    expect((await control(sandbox, 'switches', merged.json)).json).toEqual(merged.json);
    const off = await control(sandbox, 'switches', { faults: { tried: null }, scopeStrictness: null });
    expect(off.json).toMatchObject({ scopeStrictness: 'either', faults: {} });
    await control(sandbox, 'switches', { ignoreAnswers: 'conflict', jwksCacheMs: 5 });
    const reset = await control(sandbox, 'switches', undefined, 'DELETE');
    expect(reset.json).toMatchObject({ ignoreAnswers: 'existing', jwksCacheMs: 0 });
    expect((await control(sandbox, 'switches')).json).toEqual(reset.json);
  });

  test.each<[unknown, RegExp]>([
    [{ latency: 5 }, /Unrecognized key: "latency"/],
    [{ onchainDelayMs: 'soon' }, /onchainDelayMs/],
    [{ faults: { a: { kind: 'bang' } } }, /faults\.a\.kind/],
    [{ faults: { a: { kind: 'hang', often: true } } }, /faults\.a: Unrecognized key: "often"/],
    [{ faults: { a: { kind: 'hang', operation: 'revoke' } } }, /faults\.a\.operation: one of issue, status/],
    [{ faults: { a: { kind: 'status', status: 200 } } }, /faults\.a\.status/],
    [{ faults: { a: { kind: 'redirect', location: 'a\r\nb' } } }, /faults\.a\.location/],
    [7, /expected object/],
  ])('refuse %j and change nothing', async (patch, message) => {
    const before = (await control(sandbox, 'switches')).json;
    const answer = await control(sandbox, 'switches', patch);
    expect(answer.status).toBe(400);
    expect(answer.message).toMatch(message);
    expect((await control(sandbox, 'switches')).json).toEqual(before);
  });
});
