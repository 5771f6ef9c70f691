/** Waiting for the end, pages, tokens, addresses and the end of a call by its caller. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { issueOnBehalf } from '../src/index.ts';
import { collect, id, issuance, json, problem, request, scripted } from './scripted-api.ts';

const shown = (status: string) => json(200, issuance(status));

describe('waitForEnd', () => {
  test.each(['confirmed', 'failed', 'superseded'])('asks with growing pauses until it is %s', async (status) => {
    const { client, pauses } = scripted([shown('queued'), shown('submitting'), shown('submitted'), shown(status)]);
    expect(await client.waitForEnd(id)).toMatchObject({ status });
    expect(pauses).toEqual([900, 1800, 3600]);
  });

  test.each(['unconfirmed', 'uncertain'])('goes on when it is %s, which can still change', async (status) => {
    const { client } = scripted([shown(status), shown('confirmed')]);
    expect(await client.waitForEnd(id)).toMatchObject({ status: 'confirmed' });
  });

  test('ends at the deadline with the issuance as it was last', async () => {
    const { client, pauses } = scripted([shown('submitted')], {});
    const waiting = client.waitForEnd(id, { deadlineSeconds: 100 });
    await expect(waiting).rejects.toMatchObject({ name: 'NotEndedError', issuance: { id, status: 'submitted' } });
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(100_000);
    expect(Math.max(...pauses)).toBe(27_000);
  });

  test('ends when the issuance cannot be shown', async () => {
    const { client } = scripted([problem(404, 'issuance-not-found')]);
    await expect(client.waitForEnd(id)).rejects.toMatchObject({ code: 'issuance-not-found' });
  });
});

describe('a signal', () => {
  test('ends a call during an attempt, without a repeat', async () => {
    const stop = new AbortController();
    const { client, requests } = scripted([
      async ({ signal }) => {
        stop.abort(new Error('enough'));
        throw signal.reason;
      },
    ]);
    const call = client.issue(request, { idempotencyKey: 'kyc-4711', signal: stop.signal });
    await expect(call).rejects.toThrow('enough');
    expect(requests).toHaveLength(1);
  });

  test('ends a call whose answer never comes', async () => {
    const stop = new AbortController();
    const never = () => new Promise<Response>(() => undefined);
    const { client } = scripted([never]);
    setTimeout(() => stop.abort(new Error('enough')), 20);
    await expect(client.show(id, { signal: stop.signal })).rejects.toThrow('enough');
  });

  test('ends a pause between two questions at once', async () => {
    const stop = new AbortController();
    const fetch = async () => shown('queued');
    const client = issueOnBehalf({ baseUrl: 'https://api.example.com', token: 'token', fetch });
    const waiting = client.waitForEnd(id, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 20);
    await expect(waiting).rejects.toThrow('enough');
  });
});

test('list gives the issuances of all pages', async () => {
  const pages = [
    { issuances: [issuance('failed')], next: 'second' },
    { issuances: [], next: 'third' },
    { issuances: [issuance('failed')] },
  ];
  const { client, requests } = scripted(pages.map((page) => json(200, page)));
  expect(await collect(client.list('failed'))).toHaveLength(2);
  expect(requests.map(({ url }) => new URL(url).searchParams.toString())).toEqual([
    'status=failed',
    'status=failed&cursor=second',
    'status=failed&cursor=third',
  ]);
});

test('leaves no timer behind that would keep a program from ending', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { client } = scripted([new TypeError('fetch failed'), shown('confirmed')]);
  await client.waitForEnd(id);
  expect(vi.getTimerCount()).toBe(0);
});

describe('the token', () => {
  test('is asked for before each request', async () => {
    let made = 0;
    const token = async () => `token-${++made}`;
    const { client, requests } = scripted([shown('queued')], { token });
    await client.show(id);
    await client.show(id);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('is in no error, and neither is the request', async () => {
    for (const step of [problem(422, 'claims-invalid'), json(502, { message: 'x' }), new TypeError('fetch failed')]) {
      const { client } = scripted([step], { repeats: 0, token: 'secret-token' });
      const error = await client.issue(request, { idempotencyKey: 'kyc-4711' }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(Error);
      expect(`${JSON.stringify(error)}${error}`).not.toMatch(/secret-token|ada@example.com/);
    }
  });

  test('is not sent on to another address', async () => {
    const { client, requests } = scripted([shown('queued')]);
    await client.show(id);
    expect(requests[0]?.redirect).toBe('error');
  });
});

describe('the address', () => {
  test.each(['https://api.example.com/credentials', 'https://api.example.com/credentials/'])('%s', async (baseUrl) => {
    const { client, requests } = scripted([shown('queued')], { baseUrl });
    await client.show(id);
    expect(requests[0]?.url).toBe(`https://api.example.com/credentials/v1/issuances/${id}`);
  });

  test.each(['http://api.example.com', 'ftp://api.example.com', 'https://api.example.com?x=1', 'nowhere', ''])(
    'is refused if it is %s',
    (baseUrl) => {
      expect(() => issueOnBehalf({ baseUrl, token: 'token' })).toThrow(TypeError);
    },
  );

  test('may be this machine without https', () => {
    expect(() => issueOnBehalf({ baseUrl: 'http://127.0.0.1:4010', token: 'token' })).not.toThrow();
  });
});

test('every operation of the API is there, typed and with the same repeats', async () => {
  const { client, requests } = scripted([new TypeError('fetch failed'), json(200, { status: 'ok' })]);
  const { data } = await client.api.GET('/v1/health');
  expect([data?.status, requests.length]).toEqual(['ok', 2]);
});
