/** An event source mapping invokes its function for batches as large and as many at a time as it says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { LoopbackClient } from '../src/aws/loopback-client.ts';
import type { MappingPlan } from '../src/template/plan-queues.ts';
import { EventSource } from '../src/triggers/event-source.ts';
import { until } from './fixtures/running.ts';

const queue = { name: 'q', arn: 'arn:q', url: 'http://127.0.0.1/0/q', attributes: {}, deadLetterArn: undefined };
const plain: MappingPlan = {
  queue,
  functionName: 'worker',
  batchSize: 1,
  windowMs: 0,
  concurrency: 2,
  partialFailures: true,
};

/** A queue of so many messages that remembers what is deleted. */
function queueOf(count: number) {
  const waiting = Array.from({ length: count }, (_, index) => ({ MessageId: `m${index}`, ReceiptHandle: `r${index}` }));
  const deleted: unknown[] = [];
  const client = {
    async call(_: string, target: string, input: Record<string, unknown>, { signal }: { signal?: AbortSignal }) {
      if (target.endsWith('GetQueueAttributes')) return {};
      if (target.endsWith('DeleteMessageBatch')) {
        deleted.push(...(input['Entries'] as { ReceiptHandle: string }[]).map((one) => one.ReceiptHandle));
        return {};
      }
      if (waiting.length === 0 && input['WaitTimeSeconds'] !== 0) await sleep(20_000, undefined, { signal });
      return { Messages: waiting.splice(0, Number(input['MaxNumberOfMessages'])) };
    },
  };
  return { client: client as unknown as LoopbackClient, deleted };
}

function run(count: number, mapping: Partial<MappingPlan>, answer: () => Promise<unknown>) {
  const { client, deleted } = queueOf(count);
  const batches: number[] = [];
  const errors: unknown[] = [];
  const invoke = async (_: string, event: unknown): Promise<unknown> => {
    batches.push((event as { Records: unknown[] }).Records.length);
    return answer();
  };
  const onError = (error: unknown): number => errors.push(error);
  const source = new EventSource(
    { ...plain, ...mapping },
    { client, origin: '', region: 'us-east-1', invoke, onError },
  );
  source.start();
  return { source, deleted, batches, errors };
}

it('fault 38: runs no more batches at a time than the mapping allows', async () => {
  let running = 0;
  let most = 0;
  const { source, deleted } = run(6, {}, async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(20);
    running -= 1;
  });
  await until('all are deleted', async () => deleted.length === 6);
  await source.stop(1000);
  expect(most).toBe(2);
});

it('fills batches beyond ten messages while the window is open, and no further than the batch size', async () => {
  const { source, deleted, batches } = run(30, { batchSize: 25, windowMs: 60_000 }, async () => undefined);
  await until('all are deleted', async () => deleted.length === 30);
  await source.stop(1000);
  expect(batches).toEqual([25, 5]);
});

it.each([
  ['the reported messages', { batchItemFailures: [{ itemIdentifier: 'm1' }] }, ['r0', 'r2']],
  ['everything after a report it cannot read', { batchItemFailures: [{ itemIdentifier: 'm9' }] }, []],
  ['nothing after an empty report', { batchItemFailures: [] }, ['r0', 'r1', 'r2']],
])('keeps %s', async (_, answer, gone) => {
  const { source, deleted, batches } = run(3, { batchSize: 10 }, async () => answer);
  await until('the batch', async () => batches.length === 1);
  await source.stop(1000);
  expect(deleted).toEqual(gone);
});

it('keeps every message of a batch whose function fails, and says so', async () => {
  const { source, deleted, errors } = run(3, { batchSize: 10 }, async () => {
    throw new Error('down');
  });
  await until('the failure', async () => errors.length === 1);
  await source.stop(1000);
  expect([deleted, String(errors[0])]).toEqual([[], 'Error: down']);
});

it('takes no report of a mapping that did not ask for one', async () => {
  const report = { batchItemFailures: [{ itemIdentifier: 'm0' }] };
  const { source, deleted } = run(1, { partialFailures: false }, async () => report);
  await until('it is deleted', async () => deleted.length === 1);
  await source.stop(1000);
});
