/** Splits a delivery into its events, each with an idempotency key of its own. */
import canonicalize from 'canonicalize';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { type ReadData, readJson, readObject, type SourceEvent, type Unwrapped } from '../envelopes/source-event.ts';
import { unwrapPart } from '../envelopes/unwrap.ts';
import { nameEvent } from '../name-event.ts';
import { evaluateSplit } from '../rules/evaluate-split.ts';
import type { SourceSettings } from '../settings.ts';

/** Each event takes a few calls to the table and the queue, and all must be done before the sender is answered. */
const mostEvents = 500;

/** A delivery whose sender has been verified. */
export interface ProvenDelivery {
  source: string;
  settings: SourceSettings;
  /** Its headers or attributes, names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  content: Unwrapped<unknown>;
  /** The body as it was received, from which the idempotency key is derived if there is no other. */
  body: Buffer;
  /** Id of the message, if the proof covers an id. */
  messageId: string | undefined;
}

/** An event, and its idempotency key if its rule does not define one. */
export interface NamedEvent {
  event: SourceEvent;
  name: string;
}

/** How the content of a source is read: only what is to be split may be something else than one object. */
export function contentOf({ split }: SourceSettings): ReadData<unknown> {
  return split === undefined ? readObject : readJson;
}

/** The one event of a delivery of a source without `split`. Throws `request-invalid`. */
export function wholeEvent({ content, messageId, body }: ProvenDelivery): NamedEvent {
  const event = { ...content, data: readObject(content.data) };
  return { event, name: nameEvent(messageId ?? event.id, body) };
}

/**
 * The events that `split` finds, each still to be read: one that is unusable does not affect the others. Throws `rule-failed`.
 */
export async function splitEvents(split: string, { content, headers }: ProvenDelivery): Promise<(() => NamedEvent)[]> {
  const result = await evaluateSplit(split, content, headers);
  if ('failure' in result) throw new IssuanceError('rule-failed', { detail: `split: ${result.failure}` });
  const parts = partsOf(result.value);
  if (parts.length > mostEvents) {
    throw new IssuanceError('rule-failed', { detail: `split: it finds more than ${mostEvents} events` });
  }
  return parts.map((part) => () => namePart(part, content));
}

function partsOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/**
 * The key does not depend on the position or on the delivery: a sender may repeat some of the events only, or in another
 * order. Two events with the same content are the same event, like two deliveries with the same body.
 */
function namePart(part: unknown, content: Unwrapped<unknown>): NamedEvent {
  const event = unwrapPart(part, content, readObject);
  return { event, name: nameEvent(event.id, Buffer.from(canonicalize(part) ?? '')) };
}
