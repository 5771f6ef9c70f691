/** The in-memory stores and queue, which tell what took effect at the moment it does. */
import type { SQSRecord } from 'aws-lambda';
import { readEnvelope } from '../../lib/issuance/envelope.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { Clock } from '../../lib/issuance/ports.ts';
import type { Lease, SeenSlot, Slot } from '../../lib/issuance/slot.ts';
import { InMemoryIssuances } from '../fakes/in-memory-issuances.ts';
import { InMemoryQueue, type QueueSettings } from '../fakes/in-memory-queue.ts';
import { InMemorySlots } from '../fakes/in-memory-slots.ts';

export class WatchedIssuances extends InMemoryIssuances {
  readonly #written: (record: Issuance) => void;
  readonly #created: (record: Issuance) => void;

  constructor(created: (record: Issuance) => void, written: (record: Issuance) => void) {
    super();
    this.#created = created;
    this.#written = written;
  }

  override create(issuance: Issuance): Promise<Issuance | undefined> {
    return this.#watch(super.create(issuance), (existing) => existing === undefined && this.#created(issuance));
  }

  override replace(next: Issuance): Promise<boolean> {
    return this.#watch(super.replace(next), (replaced) => replaced && this.#written(next));
  }

  override put(issuance: Issuance): void {
    super.put(issuance);
    this.#written(issuance);
  }

  async #watch<Result>(effect: Promise<Result>, then: (result: Result) => void): Promise<Result> {
    const result = await effect;
    then(result);
    return result;
  }
}

export class WatchedSlots extends InMemorySlots {
  readonly #taken: (key: string, lease: Lease) => void;

  constructor(taken: (key: string, lease: Lease) => void) {
    super();
    this.#taken = taken;
  }

  override async acquire(seen: SeenSlot, lease: Lease): Promise<Slot | undefined> {
    const slot = await super.acquire(seen, lease);
    if (slot !== undefined) this.#taken(seen.key, lease);
    return slot;
  }
}

export class WatchedQueue extends InMemoryQueue {
  readonly #changed: () => void;
  readonly #sent: (id: string) => void;

  constructor(clock: Clock, settings: Partial<QueueSettings>, changed: () => void, sent: (id: string) => void) {
    super(clock, settings);
    this.#changed = changed;
    this.#sent = sent;
  }

  override put(body: string, delaySeconds = 0, attributes: SQSRecord['messageAttributes'] = {}): void {
    super.put(body, delaySeconds, attributes);
    const content = readEnvelope(body);
    if (content.kind === 'issuance') this.#sent(content.id);
    this.#changed();
  }

  override async postpone(message: SQSRecord, delaySeconds: number): Promise<void> {
    await super.postpone(message, delaySeconds);
    this.#changed();
  }
}
