/** The thread in which dynalite answers DynamoDB's protocol on loopback. */
import type { AddressInfo } from 'node:net';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import type { Region } from '../iam/calls.ts';
import { Gate } from '../iam/gate.ts';
import { writeIndexesAtomically } from './atomic-indexes.ts';
import { guardTables } from './tables-guard.ts';

writeIndexesAtomically();
const { path, port, place, permissions } = workerData as {
  path: string;
  port: number;
  place: Region;
  permissions: MessagePort;
};
const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.keepAliveTimeout = 120_000;
guardTables(server, new Gate(permissions), place);

server.listen(port, '127.0.0.1', () => {
  parentPort?.postMessage({ kind: 'listening', port: (server.address() as AddressInfo).port });
});
server.on('error', (error) => parentPort?.postMessage({ kind: 'failed', message: error.message }));

parentPort?.on('message', () => {
  server.closeAllConnections();
  server.close(() => process.exit(0));
});
