/** Outbound HTTP against a server that means harm: one deadline, one cap, no redirect, and an honest word on what was sent. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectingFetch } from '../../lib/http/connecting-fetch.ts';
import { NoAnswer, request } from '../../lib/http/outbound.ts';

type Reply = (response: ServerResponse, incoming: IncomingMessage) => void;

const fetch = connectingFetch(15_000);

let server: Server;
let origin: string;
let reply: Reply;
let seen: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((incoming, response) => {
    seen.push(incoming);
    reply(response, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const json = { 'content-type': 'application/json' };

function ask(answer: Reply, deadlineMs = 20_000) {
  reply = answer;
  seen = [];
  return request({ method: 'POST', url: `${origin}/start`, json: { a: 1 } }, { fetch, deadlineMs });
}

/** Whether the request may have been sent, when no answer came. */
async function sentOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return error.sent;
  }
}

describe('an answer', () => {
  test('is given with status, headers and JSON', async () => {
    const answer = await ask((response) => response.writeHead(201, { ...json, 'retry-after': '7' }).end('{"b":[1]}'));
    expect([answer.status, answer.headers.get('retry-after'), answer.json]).toEqual([201, '7', { b: [1] }]);
  });

  test('is asked for with JSON, an identifiable agent and no compression', async () => {
    await ask((response) => response.end());
    expect(seen[0]?.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^issue-on-behalf\//),
    });
  });

  test.each<[string, Reply]>([
    ['a web page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['JSON that says it is text', (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('{}')],
    ['JSON without a type', (response) => response.writeHead(200).end('{}')],
    ['half of its JSON', (response) => response.writeHead(200, json).end('{"a":')],
    ['nothing', (response) => response.writeHead(200, json).end()],
    ['65 KB', (response) => response.writeHead(200, json).end(`"${'a'.repeat(65 * 1024)}"`)],
    [
      'a gzip bomb',
      (response) => {
        const bomb = gzipSync(Buffer.alloc(30_000_000, 0x20));
        response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb);
      },
    ],
  ])('fault 17: with %s has no JSON', async (_what, answer) => {
    expect(await ask(answer)).toMatchObject({ status: 200, json: undefined });
  });

  test.each(['application/json; charset=utf-8', 'application/problem+json', 'Application/JSON'])(
    'of %s has',
    async (type) => {
      expect((await ask((response) => response.writeHead(400, { 'content-type': type }).end('{"e":1}'))).json).toEqual({
        e: 1,
      });
    },
  );

  test('of 64 KB is still read', async () => {
    const text = `"${'a'.repeat(64 * 1024 - 2)}"`;
    expect((await ask((response) => response.writeHead(200, json).end(text))).json).toHaveLength(64 * 1024 - 2);
  });

  test('fault 17: without end is not read to its end', async () => {
    let sent = 0;
    const pour = (response: ServerResponse): void => {
      sent += 65_536;
      if (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20))) setImmediate(() => pour(response));
      else if (!response.destroyed) response.once('drain', () => pour(response));
    };
    const answer = await ask((response) => {
      response.writeHead(200, json);
      pour(response);
    });
    expect(answer.json).toBeUndefined();
    expect(sent).toBeLessThan(100_000_000);
  });

  test.each([301, 302, 303, 307, 308])('fault 17: that is a redirect (%i) is not followed', async (status) => {
    const answer = await ask((response) => response.writeHead(status, { location: `${origin}/elsewhere` }).end());
    expect([answer.status, answer.json]).toEqual([status, undefined]);
    expect(seen.map(({ url }) => url)).toEqual(['/start']);
  });
});

describe('fault 18: the deadline holds for the whole call', () => {
  test.each<[string, Reply]>([
    ['nothing', () => undefined],
    ['a header and nothing else', (response) => void response.writeHead(200, json).flushHeaders()],
    [
      'a byte at a time',
      (response) => {
        response.writeHead(200, json);
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('when there comes %s', async (_what, answer) => {
    expect(await sentOf(ask(answer, 400))).toBe('maybe');
  });
});

describe('fault 18: no answer', () => {
  test.each<[string, Reply]>([
    ['the connection is reset', (response) => void response.socket?.resetAndDestroy()],
    ['the connection is closed', (response) => void response.socket?.destroy()],
    [
      'the body is cut off',
      (response) =>
        void response.writeHead(200, { ...json, 'content-length': '99' }).write('{', () => response.destroy()),
    ],
  ])('when %s: it may have been sent', async (_what, answer) => expect(await sentOf(ask(answer))).toBe('maybe'));

  test('from something that speaks no HTTP: it may have been sent', async () => {
    const other = createTcpServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end('220 mail.example.com\r\n').resume();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    expect(await sentOf(request({ method: 'POST', url, json: {} }, { fetch, deadlineMs: 20_000 }))).toBe('maybe');
    await new Promise((resolve) => other.close(resolve));
  });

  test('because nobody listens: it was certainly not sent', async () => {
    const gone = createTcpServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const urls = [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`];
    for (const url of urls)
      expect(await sentOf(request({ method: 'GET', url }, { fetch, deadlineMs: 20_000 }))).toBe('no');
  });

  test('because TLS does not come about: it was certainly not sent', async () => {
    const url = origin.replace('http:', 'https:');
    reply = (response) => response.end();
    expect(await sentOf(request({ method: 'GET', url }, { fetch, deadlineMs: 20_000 }))).toBe('no');
  });

  test.each([
    ['ENOTFOUND', 'no'],
    ['EAI_AGAIN', 'no'],
    ['UND_ERR_CONNECT_TIMEOUT', 'no'],
    ['CERT_HAS_EXPIRED', 'no'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'no'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'no'],
    ['ECONNRESET', 'maybe'],
    ['EPIPE', 'maybe'],
    ['ETIMEDOUT', 'maybe'],
    ['UND_ERR_HEADERS_TIMEOUT', 'maybe'],
    ['UND_ERR_SOCKET', 'maybe'],
    ['SOMETHING_NEW', 'maybe'],
  ])('with %s: sent %s', async (code, sent) => {
    const failing = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reason'), { code }) });
    };
    expect(await sentOf(request({ method: 'GET', url: origin }, { fetch: failing, deadlineMs: 1000 }))).toBe(sent);
  });

  test('at every address of several: not sent only if all of them say so', async () => {
    const failed = (code: string) => Object.assign(new Error('reason'), { code, syscall: 'connect' });
    const failingWith =
      (...codes: string[]) =>
      async () => {
        throw new TypeError('fetch failed', { cause: new AggregateError(codes.map(failed)) });
      };
    const sent = (...codes: string[]) =>
      sentOf(request({ method: 'GET', url: origin }, { fetch: failingWith(...codes), deadlineMs: 1000 }));
    expect(await sent('ECONNREFUSED', 'ENETUNREACH')).toBe('no');
    expect(await sent('ECONNREFUSED', 'ECONNRESET')).toBe('maybe');
  });
});
