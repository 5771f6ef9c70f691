/** What the client repeats, how long it waits before, and what it never repeats. */
import { describe, expect, test } from 'vitest';
import { AnswerError, NoAnswerError, ProblemError } from '../src/index.ts';
import { collect, id, issuance, json, problem, request, type Step, scripted } from './scripted-api.ts';

const reset = new TypeError('fetch failed');
const unavailable = (seconds?: string) =>
  problem(503, 'service-unavailable', seconds === undefined ? {} : { 'retry-after': seconds });
const throttled = json(429, { message: 'Too Many Requests' }, { 'apigw-requestid': 'gateway-1' });
const accepted = json(202, issuance('queued'));
const key = { idempotencyKey: 'kyc-4711' };

describe('issue', () => {
  test.each<[string, Step]>([
    ['a network error', reset],
    ['a 429 of the gateway', throttled],
    ['a 500', problem(500, 'internal-error')],
    ['a 503', unavailable()],
    ['a body that breaks off', async () => new Response(new ReadableStream({ pull: (body) => body.error(reset) }))],
  ])('is repeated after %s, with the same key and body', async (_name, step) => {
    const { client, requests } = scripted([step, step, accepted]);
    expect(await client.issue(request, key)).toMatchObject({ id, status: 'queued' });
    expect(requests).toHaveLength(3);
    for (const each of requests) {
      expect([each.method, each.url]).toEqual(['POST', 'https://api.example.com/v1/issuances']);
      expect([each.headers.get('idempotency-key'), each.headers.get('authorization')]).toEqual([
        'kyc-4711',
        'Bearer token',
      ]);
      expect(await each.json()).toEqual(request);
    }
  });

  test.each([400, 401, 403, 404, 409, 410, 413, 415, 422])('is never repeated after %i', async (status) => {
    const { client, requests } = scripted([problem(status, 'claims-invalid')]);
    const refused = client.issue(request, key);
    await expect(refused).rejects.toThrow(ProblemError);
    await expect(refused).rejects.toMatchObject({
      status,
      code: 'claims-invalid',
      advice: 'Some advice',
      requestId: 'request-1',
    });
    expect(requests).toHaveLength(1);
  });

  test('ends with the last answer when no repeat helps', async () => {
    const { client, requests } = scripted([unavailable()]);
    await expect(client.issue(request, key)).rejects.toMatchObject({
      name: 'ProblemError',
      code: 'service-unavailable',
    });
    expect(requests).toHaveLength(6);
  });

  test('ends with an error that says the request may have been accepted when no answer arrives', async () => {
    const { client, requests } = scripted([reset], { repeats: 2 });
    await expect(client.issue(request, key)).rejects.toMatchObject({ name: 'NoAnswerError', cause: reset });
    expect(requests).toHaveLength(3);
  });

  test('ends with the gateway’s own answer, without its text', async () => {
    const { client } = scripted([throttled], { repeats: 0 });
    const refused = client.issue(request, key);
    await expect(refused).rejects.toThrow(AnswerError);
    await expect(refused).rejects.toMatchObject({ status: 429, requestId: 'gateway-1' });
  });

  test('repeats an attempt that takes too long', async () => {
    const never = ({ signal }: Request) =>
      new Promise<Response>((_, failed) => signal.addEventListener('abort', () => failed(signal.reason)));
    const { client, requests } = scripted([never, accepted], { attemptSeconds: 0.01 });
    expect(await client.issue(request, key)).toMatchObject({ id });
    expect(requests).toHaveLength(2);
  });
});

describe('pauses', () => {
  test('grow, with full jitter, up to 20 seconds', async () => {
    const { client, pauses } = scripted([reset], { repeats: 8 });
    await expect(client.issue(request, key)).rejects.toThrow(NoAnswerError);
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  test('are never shorter than the API asks for, in seconds or as a date', async () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    const { client, pauses } = scripted([unavailable('5'), unavailable(date), unavailable('soon'), accepted]);
    await client.issue(request, key);
    expect(pauses[0]).toBe(5250);
    expect(pauses[1]).toBeGreaterThan(20_000);
    expect(pauses[2]).toBe(1000);
  });

  test('are left to the caller when the API asks for more than a minute', async () => {
    const { client, pauses } = scripted([unavailable('3600')]);
    await expect(client.issue(request, key)).rejects.toMatchObject({ code: 'service-unavailable' });
    expect(pauses).toEqual([]);
  });
});

test('a retry of an operator is sent once: a second one would be refused, although the first was accepted', async () => {
  const { client, requests } = scripted([reset]);
  await expect(client.retry(id)).rejects.toThrow(NoAnswerError);
  expect(requests).toHaveLength(1);
});

test.each<[string, (api: ReturnType<typeof scripted>['client']) => Promise<unknown>]>([
  ['show', (client) => client.show(id)],
  ['list', (client) => collect(client.list('failed'))],
])('%s is repeated', async (_name, call) => {
  const { client, requests } = scripted([reset, json(200, issuance('failed', { issuances: [] }))]);
  await call(client);
  expect(requests).toHaveLength(2);
});
