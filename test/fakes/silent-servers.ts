/** Servers on this machine that say nothing: one that takes every request, one that lets nobody in. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

export interface SilentServer {
  endpoint: string;
  /** Requests so far. */
  requests: number;
  close(): Promise<void>;
}

/** Takes requests and never ends an answer; `begin` may start one. */
export async function silentServer(begin: (response: ServerResponse) => void = () => undefined): Promise<SilentServer> {
  const server = createServer((request: IncomingMessage, response) => {
    silent.requests += 1;
    request.resume();
    begin(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const silent: SilentServer = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return silent;
}

/** A thread that listens and then stands still: once its backlog is full, the kernel drops every further SYN. */
const standsStill = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

/** Lets no connection through. */
export async function closedDoor(): Promise<SilentServer> {
  const thread = new Worker(standsStill, { eval: true });
  const [port] = (await once(thread, 'message')) as [number];
  const fillers: Socket[] = [];
  for (let waiting = 0; waiting < 4; ) {
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined);
    fillers.push(socket);
    const connected = await Promise.race([once(socket, 'connect').then(() => true), sleep(300, false)]);
    waiting = connected ? 0 : waiting + 1;
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests: 0,
    async close() {
      for (const socket of fillers) socket.destroy();
      await thread.terminate();
    },
  };
}
