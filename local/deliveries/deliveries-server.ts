/** Streams the deliveries of one source to `iob listen`: one JSON object per line, on loopback, with the operator's local token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecentDeliveries } from './recent-deliveries.ts';

export interface DeliveriesServer {
  /** `?source=<name>` selects the source. */
  url: string;
  close(): Promise<void>;
}

/** An empty line at this interval keeps clients from giving up. */
const heartbeatMs = 20_000;
/** A listener that does not read is disconnected before its lines fill the memory. */
const mostWaitingBytes = 64 * 1024 * 1024;

export async function startDeliveriesServer(recent: RecentDeliveries, token: string): Promise<DeliveriesServer> {
  const server = createServer((request, response) => {
    const source = new URL(request.url ?? '/', 'http://localhost').searchParams.get('source');
    if (!isAllowed(request, token)) return void response.writeHead(401).end();
    if (request.method !== 'GET' || source === null) return void response.writeHead(404).end();
    stream(recent, source, response);
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/deliveries`, close };
}

function stream(recent: RecentDeliveries, source: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  response.flushHeaders();
  const forget = recent.listen((delivery) => {
    if (delivery.source !== source) return;
    if (response.writableLength > mostWaitingBytes) response.destroy();
    else response.write(`${JSON.stringify(delivery)}\n`);
  });
  const heartbeat = setInterval(() => response.write('\n'), heartbeatMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    forget();
  });
}

/** A page in a browser cannot send this header to another origin without asking, and the answer is no. */
function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  return timingSafeEqual(hashOf(headers.authorization ?? ''), hashOf(`Bearer ${token}`));
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
