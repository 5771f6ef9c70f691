/** The unusable events of a deployed environment, as deliveries: those that are kept, and those that follow. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { UnusableEvent, UnusableEvents } from '../../lib/issuance/unusable-events.ts';
import type { Delivery } from '../../local/deliveries/delivery.ts';

export interface UnusableStream {
  /** All that are kept of the source. */
  list(): Promise<readonly UnusableEvent[]>;
  get: UnusableEvents['get'];
  /** Ends the stream. */
  signal: AbortSignal;
  /** Called for an event that was too large to be kept with its content. */
  onTooLarge(event: UnusableEvent): void;
  /** Interval in milliseconds between two looks. */
  everyMs: number;
}

/** Each event once, the earlier ones first. */
export async function* unusableDeliveries(stream: UnusableStream): AsyncGenerator<Delivery> {
  const known = new Set<string>();
  while (!stream.signal.aborted) {
    const events = (await stream.list()).filter(({ id }) => !known.has(id));
    for (const { id } of events.toSorted((one, other) => (one.at < other.at ? -1 : 1))) {
      known.add(id);
      const delivery = deliveryOf(await stream.get(id), stream);
      if (delivery !== undefined) yield delivery;
    }
    await sleep(stream.everyMs, undefined, { signal: stream.signal }).catch(() => undefined);
  }
}

/** Undefined if it was replayed or deleted in the meantime, or has no content. */
function deliveryOf(found: Awaited<ReturnType<UnusableEvents['get']>>, stream: UnusableStream): Delivery | undefined {
  if (found === undefined) return undefined;
  const { event, payload } = found;
  const { id, at, source, code } = event;
  if (payload === undefined) {
    stream.onTooLarge(event);
    return undefined;
  }
  // Its sender was told to stop repeating it.
  const answer = { status: 200, body: JSON.stringify({ ignored: true, code }) };
  return {
    id,
    at,
    source,
    by: 'webhook',
    headers: { ...payload.headers },
    body: payload.body.toString('base64'),
    answer,
  };
}
