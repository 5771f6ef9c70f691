/** The thread in which dynalite answers DynamoDB's protocol on loopback. */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { writeIndexesAtomically } from './atomic-indexes.ts';

writeIndexesAtomically();
const { path, port } = workerData as { path: string; port: number };
const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.keepAliveTimeout = 120_000;

// dynalite throws the errors of a request stream, so that a client that disconnects would end the thread.
server.prependListener('request', (request: IncomingMessage) => {
  const listen = request.on.bind(request);
  request.on = (event: string, listener: (...given: never[]) => void) =>
    event === 'error' ? request : listen(event, listener as () => void);
});

server.listen(port, '127.0.0.1', () => {
  parentPort?.postMessage({ kind: 'listening', port: (server.address() as AddressInfo).port });
});
server.on('error', (error) => parentPort?.postMessage({ kind: 'failed', message: error.message }));

parentPort?.on('message', () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});
