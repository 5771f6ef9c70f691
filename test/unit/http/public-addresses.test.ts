/** Only public addresses are connected to, however a host name is written and whatever it resolves to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectingFetch, type Fetch } from '../../../lib/http/connecting-fetch.ts';
import { request } from '../../../lib/http/outbound.ts';
import { isPublicAddress, isRefusedAddress, publicFetch, publicLookup } from '../../../lib/http/public-addresses.ts';

describe('an address is public', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.0.3.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('an address is not public', () => {
  test.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.0.0.8',
      '192.0.2.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.7',
      '203.0.113.9',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fd00::1',
      'fc00::1',
      'ff02::1',
      '2001:db8::1',
      '2001::1',
      '2002:7f00:1::',
      '64:ff9b::7f00:1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '3fff::1', 'example.com', ''],
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(false));
});

/** A resolver that gives these answers, one after the other. */
function resolver(...answers: string[][]) {
  const asked: string[] = [];
  const resolve = (name: string, _options: object, callback: (...given: unknown[]) => void) => {
    asked.push(name);
    const addresses = answers.length > 1 ? answers.shift() : answers[0];
    callback(
      null,
      (addresses ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { asked, lookup: publicLookup(resolve as unknown as typeof import('node:dns').lookup) };
}

describe('a request', () => {
  let server: Server;
  let port: number;
  const arrived = vi.fn();

  beforeAll(async () => {
    server = createServer((incoming, response) => {
      arrived(incoming.url);
      response.setHeader('content-type', 'application/json').end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  const ask = (url: string, fetch: Fetch) => request({ method: 'GET', url }, { fetch, deadlineMs: 5000 });

  test.each(['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', '127.1', '0'])(
    'to %s is not sent',
    async (host) => {
      const error = await ask(`http://${host}:${port}/`, publicFetch(2000)).catch((failed: unknown) => failed);
      expect(isRefusedAddress(error)).toBe(true);
      expect(error).toMatchObject({ name: 'NoAnswer', sent: 'no' });
      expect(arrived).not.toHaveBeenCalled();
    },
  );

  test('is not sent to a name that resolves to a public address first and to a private one when it is connected to', async () => {
    const { asked, lookup } = resolver(['127.0.0.1']);
    const error = await ask(`http://rebinding.example:${port}/`, publicFetch(2000, lookup)).catch(
      (failed: unknown) => failed,
    );
    expect(isRefusedAddress(error)).toBe(true);
    // The connection uses the answer that was checked: the name is resolved once.
    expect(asked).toEqual(['rebinding.example']);
    expect(arrived).not.toHaveBeenCalled();
  });

  test('connects to what the check has seen', async () => {
    const { lookup } = resolver(['10.0.0.1', '2606:4700::1111', '8.8.8.8']);
    const all = await new Promise((done) => lookup('mixed.example', { all: true }, (_error, found) => done(found)));
    expect(all).toEqual([
      { address: '2606:4700::1111', family: 6 },
      { address: '8.8.8.8', family: 4 },
    ]);
    const one = await new Promise((done) => lookup('mixed.example', {}, (_error, ...found) => done(found)));
    expect(one).toEqual(['2606:4700::1111', 6]);
  });

  test('passes on that a name does not resolve', async () => {
    const missing = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    const resolve = (_name: string, _options: object, callback: (error: Error) => void) => callback(missing);
    const lookup = publicLookup(resolve as unknown as typeof import('node:dns').lookup);
    const error = await ask('http://missing.example/', publicFetch(2000, lookup)).catch((failed: unknown) => failed);
    expect(error).toMatchObject({ sent: 'no' });
    expect(isRefusedAddress(error)).toBe(false);
  });

  test('to a private address is sent where that is allowed', async () => {
    expect(await ask(`http://127.0.0.1:${port}/allowed`, connectingFetch(2000))).toMatchObject({ status: 200 });
    expect(arrived).toHaveBeenCalledWith('/allowed');
  });
});
