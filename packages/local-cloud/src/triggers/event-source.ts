/** Feeds a function from a queue like Lambda's event source mapping. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoopbackClient } from '../aws/loopback-client.ts';
import { keyIdOf } from '../iam/callers.ts';
import { asArray, asObject, type JsonObject } from '../template/json.ts';
import type { MappingPlan } from '../template/plan-queues.ts';
import { queueEvent, succeeded } from './queue-event.ts';

/** The inputs of a mapping. */
export interface EventSourceParts {
  client: LoopbackClient;
  origin: string;
  region: string;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  onError: (error: unknown) => void;
}

const largestReceive = 10;
const longestPollSeconds = 20;
// A batching window saves money in AWS; on one machine it would only cause waiting.
const longestWindowMs = 100;

/** One mapping: one receiver, and as many concurrent invocations as the mapping allows. */
export class EventSource {
  readonly #mapping: MappingPlan;
  readonly #parts: EventSourceParts;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #loop: Promise<void> | undefined;
  #inspected = false;

  constructor(mapping: MappingPlan, parts: EventSourceParts) {
    this.#mapping = mapping;
    this.#parts = parts;
  }

  /** Starts receiving. */
  start(): void {
    this.#loop = this.#receiveForEver();
  }

  /** Stops receiving and waits for the batches in progress, up to a time limit. */
  async stop(longestMs: number): Promise<void> {
    this.#stopping.abort();
    const all = Promise.all([this.#loop, ...this.#running]);
    await Promise.race([all, sleep(longestMs, undefined, { ref: false })]);
  }

  /** Lambda reads a queue with the permissions of the function's role. */
  get #keyId(): string {
    return keyIdOf(this.#mapping.functionName);
  }

  async #receiveForEver(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#inspect();
        if (this.#running.size >= this.#mapping.concurrency) await Promise.race(this.#running);
        const batch = await this.#gather();
        if (batch.length > 0) this.#begin(batch);
      } catch (error) {
        if (signal.aborted) return;
        this.#parts.onError(error);
        await sleep(1000);
      }
    }
  }

  /** Lambda also reads the queue's attributes, for its time-out and the number of pollers. */
  async #inspect(): Promise<void> {
    if (this.#inspected) return;
    const { client, origin } = this.#parts;
    const input = { QueueUrl: this.#mapping.queue.url, AttributeNames: ['All'] };
    await client.call(origin, 'AmazonSQS.GetQueueAttributes', input, { keyId: this.#keyId });
    this.#inspected = true;
  }

  async #gather(): Promise<JsonObject[]> {
    const { batchSize, windowMs } = this.#mapping;
    const batch = await this.#receive(batchSize, longestPollSeconds);
    if (batch.length === 0 || batch.length >= batchSize) return batch;
    if (windowMs > 0) await sleep(Math.min(windowMs, longestWindowMs));
    while (batch.length < batchSize && (windowMs > 0 || batch.length % largestReceive === 0)) {
      const more = await this.#receive(batchSize - batch.length, 0);
      if (more.length === 0) break;
      batch.push(...more);
    }
    return batch;
  }

  async #receive(wanted: number, waitSeconds: number): Promise<JsonObject[]> {
    const { client, origin } = this.#parts;
    const input = {
      QueueUrl: this.#mapping.queue.url,
      MaxNumberOfMessages: Math.min(wanted, largestReceive),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    const answer = await client.call(origin, 'AmazonSQS.ReceiveMessage', input, {
      signal: this.#stopping.signal,
      keyId: this.#keyId,
    });
    return asArray(answer['Messages']).map(asObject);
  }

  #begin(batch: JsonObject[]): void {
    const running = this.#handle(batch).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #handle(batch: JsonObject[]): Promise<void> {
    const { queue, functionName, partialFailures } = this.#mapping;
    try {
      const result = await this.#parts.invoke(functionName, queueEvent(batch, queue.arn, this.#parts.region));
      await this.#delete(partialFailures ? succeeded(batch, result) : batch);
    } catch (error) {
      // The messages become visible again after their visibility time-out.
      this.#parts.onError(error);
    }
  }

  async #delete(messages: JsonObject[]): Promise<void> {
    const { client, origin } = this.#parts;
    for (let first = 0; first < messages.length; first += largestReceive) {
      const some = messages.slice(first, first + largestReceive);
      const entries = some.map((one, index) => ({ Id: String(index), ReceiptHandle: one['ReceiptHandle'] }));
      const input = { QueueUrl: this.#mapping.queue.url, Entries: entries };
      await client.call(origin, 'AmazonSQS.DeleteMessageBatch', input, { keyId: this.#keyId });
    }
  }
}
