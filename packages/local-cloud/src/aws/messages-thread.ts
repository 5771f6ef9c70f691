/** The thread in which fauxqs answers the protocols of SQS and S3 on loopback, over one SQLite file. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Region } from '../iam/calls.ts';
import { Gate } from '../iam/gate.ts';
import { loadFauxqsParts, type Persistence } from './fauxqs-parts.ts';
import { releaseInFlight } from './in-flight.ts';
import { guardMessages } from './messages-guard.ts';

interface Wanted {
  kind: 'create' | 'stop';
  queues: { name: string; url: string; arn: string; attributes: Record<string, string> }[];
  buckets: string[];
}

const { folder, port, place, permissions } = workerData as {
  folder: string;
  port: number;
  place: Region;
  /** Without it, as for queues alone, everything is allowed. */
  permissions: MessagePort | undefined;
};
const parts = await loadFauxqsParts();
const persistence = new parts.PersistenceManager(folder);
const stores = { sqsStore: new parts.SqsStore(), snsStore: new parts.SnsStore(), s3Store: new parts.S3Store() };

function repair(file: Persistence): void {
  // Survives the end of the process, as documented, without a disk flush for each message.
  file.db.exec('PRAGMA synchronous = OFF');
  // fauxqs writes an empty receive count here, which its own schema forbids: the message would be lost.
  const ready = file.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  file.updateMessageReady = (messageId) => {
    ready.run(messageId);
  };
}

function attach(): void {
  persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  stores.sqsStore.persistence = persistence;
  stores.s3Store.persistence = persistence;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
}

function create(wanted: Wanted): void {
  for (const { name, url, arn, attributes } of wanted.queues) {
    const existing = stores.sqsStore.getQueueByName(name);
    // Creating a queue again would empty it.
    if (existing) existing.setAttributes(attributes);
    else stores.sqsStore.createQueue(name, url, arn, attributes);
  }
  for (const name of wanted.buckets) stores.s3Store.createBucket(name);
}

repair(persistence);
releaseInFlight(persistence.db, Date.now());
attach();
const app = parts.buildApp({ logger: false, defaultRegion: place.region, stores });
guardMessages(app, new Gate(permissions), place);
app.server.keepAliveTimeout = 120_000;

async function answer(wanted: Wanted): Promise<void> {
  if (wanted.kind === 'stop') {
    await app.close();
    persistence.close();
    process.exit(0);
  }
  create(wanted);
  parentPort?.postMessage({ kind: 'answered' });
}

function failed(error: unknown): void {
  parentPort?.postMessage({ kind: 'failed', message: String(error) });
}

parentPort?.on('message', (wanted: Wanted) => {
  answer(wanted).catch(failed);
});
try {
  const address = await app.listen({ port, host: '127.0.0.1' });
  parentPort?.postMessage({ kind: 'listening', port: Number(new URL(address).port) });
} catch (error) {
  failed(error);
}
