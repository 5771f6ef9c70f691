/** The stream of received events: only for the operator's token, only one source, each event once, across restarts. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeliveriesServer, startDeliveriesServer } from '../../../../local/deliveries/deliveries-server.ts';
import type { Delivery } from '../../../../local/deliveries/delivery.ts';
import { type RecentDeliveries, recentDeliveries } from '../../../../local/deliveries/recent-deliveries.ts';
import { localDeliveries } from '../../../../tools/listen/local-stream.ts';

const token = 'iob_the-operators-token';
let [state, server, recent]: [string, DeliveriesServer, RecentDeliveries] = [
  '',
  undefined as never,
  recentDeliveries(),
];
const servers: DeliveriesServer[] = [];

const delivery = (id: string, source = 'shop'): Delivery => ({
  ...{ id, at: '2026-11-27T12:00:00Z', source, by: 'webhook', headers: {}, body: 'e30=' },
  answer: { status: 202, body: '{}' },
});

async function start(): Promise<void> {
  recent = recentDeliveries();
  server = await startDeliveriesServer(recent, token);
  servers.push(server);
  writeFileSync(join(state, 'endpoints.json'), JSON.stringify({ deliveries: server.url }));
}

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'issue-on-behalf-'));
  writeFileSync(join(state, 'api-token'), token);
  await start();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.close()));
});

describe('the server', () => {
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    fetch(new URL(path, server.url), { headers, method }).then((response) => {
      void response.body?.cancel();
      return response.status;
    });
  const allowed = { authorization: `Bearer ${token}` };

  test.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['another token', { authorization: 'Bearer iob_another' }],
    ['a longer token', { authorization: `Bearer ${token}x` }],
    ['a token in another scheme', { authorization: token }],
  ])('401 with %s', async (_, headers) => {
    expect(await ask('/deliveries?source=shop', headers)).toBe(401);
  });

  test('404 without a source, and for another method', async () => {
    expect(await ask('/deliveries', allowed)).toBe(404);
    expect(await ask('/deliveries?source=shop', allowed, 'POST')).toBe(404);
    expect(await ask('/deliveries?source=shop', allowed)).toBe(200);
  });
});

test('the earlier and the new events of one source, each once, also after a restart of the local system', async () => {
  recent.add(delivery('1'));
  recent.add(delivery('other', 'payments'));
  const stopping = new AbortController();
  const connections: boolean[] = [];
  const onConnection = (connected: boolean) => connections.push(connected);
  const ids: string[] = [];
  for await (const { id } of localDeliveries({ source: 'shop', state, signal: stopping.signal, onConnection })) {
    ids.push(id);
    if (id === '1') recent.add(delivery('2'));
    if (id === '2') {
      await server.close();
      await start();
      recent.add(delivery('2'));
      recent.add(delivery('3'));
    }
    if (id === '3') stopping.abort();
  }
  expect(ids).toEqual(['1', '2', '3']);
  expect(connections).toEqual([false, true]);
});

describe('one line if there is nothing to listen to', () => {
  const listen = async (folder: string) => {
    // Ends a stream that should not have begun.
    const signal = AbortSignal.timeout(10_000);
    await localDeliveries({ source: 'shop', state: folder, signal, onConnection: () => undefined }).next();
  };

  test('no local system was started', async () => {
    await expect(listen('nowhere')).rejects.toThrow('No local system runs with the state folder nowhere');
  });

  test('the local system has ended', async () => {
    await server.close();
    await expect(listen(state)).rejects.toThrow('start it with npm start');
  });

  test('the token is another', async () => {
    writeFileSync(join(state, 'api-token'), 'another');
    await expect(listen(state)).rejects.toThrow('refused the token in');
  });
});
