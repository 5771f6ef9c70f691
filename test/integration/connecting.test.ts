/** Addresses that swallow what is sent to them: nothing was sent, and that is known long before the call's deadline. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { durationsOf, timingsOf } from '../../lib/config/timings.ts';
import { connectingFetch } from '../../lib/http/connecting-fetch.ts';
import { NoAnswer, request } from '../../lib/http/outbound.ts';
import { connectAirKit } from '../../lib/providers/air-kit/connect.ts';

const connectMs = 300;
/** Far away: a test that waits for it has failed. */
const deadlineMs = 60_000;

let cleanup: AsyncDisposableStack;

beforeEach(() => {
  cleanup = new AsyncDisposableStack();
});
afterEach(() => cleanup.disposeAsync());

/** A thread that listens and never accepts. */
const deafListener = `
  const { createServer } = require('node:net');
  const { parentPort } = require('node:worker_threads');
  const server = createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** An address whose SYNs are dropped: the backlog of its listener is full. */
async function blackHole(): Promise<number> {
  const thread = new Worker(deafListener, { eval: true });
  cleanup.defer(async () => void (await thread.terminate()));
  const [port] = (await once(thread, 'message')) as [number];
  await sleep(100);
  // Connections are taken into the backlog until it is full; then one stays without an answer.
  for (let filled = 0; filled < 20; filled += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    cleanup.defer(() => void socket.destroy());
    const outcome = await Promise.race([once(socket, 'connect').then(() => 'taken'), sleep(500).then(() => 'dropped')]);
    if (outcome === 'dropped') return port;
  }
  throw new Error('The backlog does not get full');
}

/** A server that takes connections and says nothing. */
async function muteServer(): Promise<{ port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined).resume()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.defer(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, sockets };
}

async function endOf(url: string, limits = { connectMs, deadlineMs }): Promise<{ sent: string; code: unknown }> {
  const call = request({ method: 'POST', url, json: {} }, { fetch: connectingFetch(limits.connectMs), ...limits });
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NoAnswer)) throw error;
  const { cause } = error;
  return { sent: error.sent, code: cause instanceof Error && 'code' in cause ? cause.code : undefined };
}

describe('fault 50: what has no connection in time was not sent', () => {
  test('when the SYN is swallowed', async () => {
    const port = await blackHole();
    expect(await endOf(`http://127.0.0.1:${port}/`)).toEqual({ sent: 'no', code: 'ERR_NEVER_CONNECTED' });
  });

  test('when the TLS handshake never ends', async () => {
    const { port, sockets } = await muteServer();
    expect(await endOf(`https://127.0.0.1:${port}/`)).toEqual({ sent: 'no', code: 'ERR_NEVER_CONNECTED' });
    expect(sockets).toHaveLength(1);
  });

  test('when the address of a provider is one: unreachable, to be tried again later', async () => {
    const port = await blackHole();
    const account = {
      provider: 'air-kit' as const,
      baseUrl: `http://127.0.0.1:${port}/v1`,
      partnerId: '00000000-0000-4000-8000-000000000001',
      issuerDid: 'did:air:id:test:issuer',
      scope: 'issue',
    };
    const noSecret = async () => ({});
    const provider = connectAirKit(
      account,
      { credentialId: 'kyc', onDuplicate: 'revoke' },
      {
        fetch: connectingFetch(connectMs),
        callDeadlineMs: deadlineMs,
        accountSecret: { read: noSecret, refresh: noSecret },
        partnerTokens: { sign: async () => 'token', refresh: () => undefined },
        now: () => new Date(),
      },
    );
    const job = { issuanceId: 'iss_1', program: 'kyc', holder: 'a@example.com', receipt: { coreClaimHash: 'h' } };
    const submitted = { ...job, begunAt: new Date() };
    await expect(provider.check(submitted)).rejects.toMatchObject({
      code: 'provider-unreachable',
      kind: 'retry-later',
    });
  });

  test('but what had its connection may have been sent, however late the answer is', async () => {
    const { port, sockets } = await muteServer();
    expect((await endOf(`http://127.0.0.1:${port}/`, { connectMs, deadlineMs: 3 * connectMs })).sent).toBe('maybe');
    expect(sockets).toHaveLength(1);
  });

  test('and the time for it is a third of the call', () => {
    const { callSeconds, connectSeconds } = timingsOf({ providerCallSeconds: 10 });
    expect(connectSeconds).toBeCloseTo(callSeconds / 3);
    const limits = { providerCallSeconds: 10, pollDeadlineHours: 1, retryHours: 1, retentionDays: 1 };
    expect(durationsOf(limits).connectMs).toBeCloseTo(10_000 / 3);
  });
});
