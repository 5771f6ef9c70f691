/** Queues alone, without an application: the embedded SQS on loopback, in a folder that goes with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServiceThread } from '../src/aws/service-thread.ts';

/** Running queues; `origin` is what SDK clients are given as their endpoint. */
export interface QueueService {
  origin: string;
  urlOf(name: string): string;
  stop(): Promise<void>;
}

const account = '000000000000';

/** Starts the service with empty queues of these names. */
export async function startQueueService(names: readonly string[], region = 'eu-west-1'): Promise<QueueService> {
  const folder = mkdtempSync(join(tmpdir(), 'queues-'));
  const script = new URL('../src/aws/messages-thread.ts', import.meta.url);
  const onCrash = (error: Error): never => {
    throw error;
  };
  const service = await startServiceThread(
    'the queue service',
    script,
    { folder, port: 0, place: { region, account } },
    onCrash,
  );
  const urlOf = (name: string): string => `${service.origin}/${account}/${name}`;
  const queues = names.map((name) => {
    return { name, url: urlOf(name), arn: `arn:aws:sqs:${region}:${account}:${name}`, attributes: {} };
  });
  await service.ask({ kind: 'create', queues, buckets: [] });
  return {
    origin: service.origin,
    urlOf,
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
