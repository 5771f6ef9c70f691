/**
 * The product's own envelope: `{"source", "event"}`, for senders on the queue that cannot set message attributes, such as
 * EventBridge Pipes and input transformers.
 */
import { isObject, textOf } from './source-event.ts';

export interface AddressedEvent {
  /** An entry of `sources`. */
  source: string;
  event: unknown;
  id: string | undefined;
  time: string | undefined;
}

const members: ReadonlySet<string> = new Set(['source', 'event', 'id', 'time']);

/** Undefined if the body is anything else. */
export function addressedEvent(body: unknown): AddressedEvent | undefined {
  if (!isObject(body) || !Object.keys(body).every((name) => members.has(name))) return undefined;
  const { source, event, id, time } = body;
  if (typeof source !== 'string' || event === undefined) return undefined;
  return { source, event, id: textOf(id), time: textOf(time) };
}
