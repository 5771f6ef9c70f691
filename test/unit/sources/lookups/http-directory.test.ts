/** An HTTP directory: what it is asked, what its answers mean, and what is never done. */
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { connectingFetch } from '../../../../lib/http/connecting-fetch.ts';
import { publicFetch } from '../../../../lib/http/public-addresses.ts';
import { directoriesOf } from '../../../../lib/sources/lookups/directories.ts';
import type { HttpLookup } from '../../../../lib/sources/lookups/settings.ts';
import { type Asked, type DirectoryServer, json, startDirectory } from '../../../fakes/directory-server.ts';

const secret = { token: 'T0ken', username: 'iob', password: 'pass:word' };
const servers: DirectoryServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Answering = (asked: Asked, response: ServerResponse) => void;

async function serve(answer: Answering): Promise<DirectoryServer> {
  const server = await startDirectory(answer);
  servers.push(server);
  return server;
}

/** The directory of the source `vendor`, whose look-up is changed by `changes`. */
async function directory(answer: Answering, changes: Partial<HttpLookup> = {}, deadlineMs = 5000) {
  const server = await serve(answer);
  const refreshed: string[] = [];
  const lookup = {
    type: 'http',
    url: `${server.origin}/people/{key}?fields=email`,
    authentication: { type: 'none' },
    answer: 'email',
    allowPrivateAddresses: true,
    ...changes,
  } as const;
  const { find } = directoriesOf(
    { vendor: { lookup, rules: [] } },
    {
      fetch: connectingFetch(2000),
      publicFetch: publicFetch(2000),
      deadlineMs,
      readItem: async () => undefined,
      secretOf: (entry) => ({
        read: async () => (entry === 'lookup:vendor' ? secret : {}),
        async refresh() {
          refreshed.push(entry);
          return { ...secret, token: 'newer' };
        },
      }),
      now: () => new Date('2026-11-22T09:00:00Z'),
    },
  );
  return { find: (key = 'c-7') => find('vendor', key), server, refreshed };
}

const ada: Answering = (_asked, response) => json(response, 200, { email: 'ada@example.com' });
const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (_asked, response) =>
    json(response, code, { email: 'mallory@example.com' }, headers);

describe('a look-up asks', () => {
  test('with the key in the address, percent-encoded', async () => {
    const { find, server } = await directory(ada);
    expect(await find('a/../b?c=d&$1#e@x')).toBe('ada@example.com');
    expect(server.asked).toMatchObject([{ method: 'GET', body: '' }]);
    expect(server.asked[0]?.url).toBe('/people/a%2F..%2Fb%3Fc%3Dd%26%241%23e%40x?fields=email');
  });

  test.each(['.', '..'])('for nobody when the key would be a step in the path: %s', async (key) => {
    const { find, server } = await directory(ada);
    await expect(find(key)).rejects.toMatchObject({ code: 'holder-not-found' });
    expect(server.asked).toEqual([]);
  });

  test('with a body', async () => {
    const { find, server } = await directory(ada, { body: "{ 'query': 'id:' & $key, 'limit': 1 }" });
    await find();
    expect(server.asked).toMatchObject([{ method: 'POST', body: '{"query":"id:c-7","limit":1}' }]);
    expect(server.asked[0]?.headers['content-type']).toBe('application/json');
  });

  test.each([
    [{ type: 'bearer' }, 'authorization', 'Bearer T0ken'],
    [{ type: 'basic' }, 'authorization', `Basic ${Buffer.from('iob:pass:word').toString('base64')}`],
    [{ type: 'header', header: 'x-api-key' }, 'x-api-key', 'T0ken'],
  ] as const)('with %o', async (authentication, name, value) => {
    const { find, server } = await directory(ada, { authentication });
    await find();
    expect(server.asked[0]?.headers[name]).toBe(value);
  });

  test('with the newest secret after a 401, once', async () => {
    const answer: Answering = ({ headers }, response) =>
      json(response, headers.authorization === 'Bearer newer' ? 200 : 401, { email: 'ada@example.com' });
    const known = await directory(answer, { authentication: { type: 'bearer' } });
    expect(await known.find()).toBe('ada@example.com');
    expect(known.refreshed).toEqual(['lookup:vendor']);
    const refused = await directory(status(401), { authentication: { type: 'bearer' } });
    await expect(refused.find()).rejects.toMatchObject({ code: 'lookup-refused', detail: 'HTTP 401' });
    expect(refused.server.asked).toHaveLength(2);
  });
});

describe('a look-up never', () => {
  test('follows a redirect', async () => {
    const other = await serve(ada);
    const { find } = await directory(status(302, { location: `${other.origin}/people/c-7` }));
    await expect(find()).rejects.toMatchObject({ code: 'lookup-refused', detail: 'HTTP 302' });
    expect(other.asked).toEqual([]);
  });

  test('connects to a private address unless it is allowed', async () => {
    const { find, server } = await directory(ada, { allowPrivateAddresses: false });
    const detail = 'the address of the directory is not public';
    await expect(find()).rejects.toMatchObject({ code: 'lookup-refused', detail });
    expect(server.asked).toEqual([]);
  });

  test('waits longer than its deadline, not even for the rest of an answer', async () => {
    const answer: Answering = (_asked, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    };
    const { find } = await directory(answer, {}, 300);
    await expect(find()).rejects.toMatchObject({ code: 'lookup-unavailable' });
  });

  test('repeats the answer or the key in an error', async () => {
    const { find } = await directory(ada, { answer: '$error(email)' });
    const error = await find('secret-key').catch((failed: unknown) => failed);
    expect(JSON.stringify([error, String(error)])).not.toMatch(/ada|secret-key/);
  });
});

describe('an answer', () => {
  test.each([
    ['404', status(404), 'holder-not-found'],
    ['410', status(410), 'holder-not-found'],
    ['400', status(400), 'lookup-refused'],
    ['403', status(403), 'lookup-refused'],
    ['408', status(408), 'lookup-unavailable'],
    ['500', status(500), 'lookup-unavailable'],
    ['null', ((_asked, response) => json(response, 200, { email: null })) as Answering, 'holder-not-found'],
    ['an empty string', ((_asked, response) => json(response, 200, { email: '' })) as Answering, 'holder-not-found'],
    ['nobody', ((_asked, response) => json(response, 200, {})) as Answering, 'holder-not-found'],
    [
      'two',
      ((_asked, response) => json(response, 200, [{ email: 'a@x.nl' }, { email: 'b@x.nl' }])) as Answering,
      'lookup-answer-unusable',
    ],
    ['a number', ((_asked, response) => json(response, 200, { email: 7 })) as Answering, 'lookup-answer-unusable'],
    [
      'a function',
      ((_asked, response) => json(response, 200, { _jsonata_function: true })) as Answering,
      'lookup-answer-unusable',
    ],
    ['HTML', ((_asked, response) => response.end('<p>ada@example.com')) as Answering, 'lookup-answer-unusable'],
    [
      'more than 64 KB',
      ((_asked, response) => json(response, 200, { email: 'a@x.nl', more: 'x'.repeat(70_000) })) as Answering,
      'lookup-answer-unusable',
    ],
    ['a reset', ((_asked, response) => response.destroy()) as Answering, 'lookup-unavailable'],
  ])('%s', async (_, answer, code) => {
    const { find } = await directory(answer);
    await expect(find()).rejects.toMatchObject({ code });
  });

  test('of one entry in a list names the holder', async () => {
    const answer: Answering = (_asked, response) => json(response, 200, [{ id: 'c-7', email: 'ada@example.com' }]);
    const { find } = await directory(answer, { answer: '$[id = $key].email' });
    expect(await find()).toBe('ada@example.com');
  });

  test('that asks us to wait is respected', async () => {
    const { find } = await directory(status(429, { 'retry-after': '120' }));
    await expect(find()).rejects.toMatchObject({ code: 'lookup-unavailable', retryAfterSeconds: 120 });
  });
});

describe('a look-up that cannot be made', () => {
  test('of a source that has none any more', async () => {
    const { find } = directoriesOf({}, undefined as never);
    await expect(find('constructor', 'c-7')).rejects.toMatchObject({ code: 'lookup-refused' });
  });

  test('because its secret is missing', async () => {
    const { find } = directoriesOf(
      {
        vendor: {
          lookup: {
            type: 'http',
            url: 'https://directory.example.com/{key}',
            authentication: { type: 'bearer' },
            answer: 'email',
            allowPrivateAddresses: false,
          },
          rules: [],
        },
      },
      { secretOf: () => ({ read: async () => ({}), refresh: async () => ({}) }), deadlineMs: 100 } as never,
    );
    await expect(find('vendor', 'c-7')).rejects.toMatchObject({ code: 'secret-unavailable' });
  });
});
