/** Events that cannot be used and that their sender was told to stop repeating: kept for an operator, who can replay them. */
import type { ErrorCode } from './error-codes.ts';

export interface UnusableEvent {
  /** `unu_` and 27 characters derived from the delivery: a repeated delivery is kept once. */
  id: string;
  source: string;
  /** The first reason, without anything of the event. */
  code: ErrorCode;
  detail?: string;
  /** When it was received, and when it is deleted (RFC 3339, UTC). */
  at: string;
  dropAt: string;
}

/** A whole delivery, as it was proven. */
export interface UnusablePayload {
  /** Without those that carry a proof. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Id of the message, if the proof covers an id. */
  messageId?: string;
}

export interface UnusableQuery {
  limit: number;
  source?: string;
  /** Only events that are to be deleted before this time (RFC 3339). */
  dropBefore?: string;
  /** The end of the last page. */
  after?: string;
}

/** Single-item writes; reads by id are strongly consistent. */
export interface UnusableEvents {
  /** Stores an event; one that is stored already stays unchanged. What is too large is stored without its payload. */
  keep(event: UnusableEvent, payload: UnusablePayload): Promise<void>;
  /** Those that are deleted first come first; may be slightly out of date. */
  list(query: UnusableQuery): Promise<{ events: UnusableEvent[]; next?: string }>;
  /** Undefined if it was replayed or deleted. Its payload is undefined if it was too large. */
  get(id: string): Promise<{ event: UnusableEvent; payload: UnusablePayload | undefined } | undefined>;
  /** Removes its content; the same delivery can be kept again. */
  drop(id: string): Promise<void>;
}

const pageSize = 25;

/** Deletes one page of the events whose retention is over. */
export async function dropOverdue(
  position: string | undefined,
  { unusable, clock }: { unusable: UnusableEvents; clock: { now(): Date } },
) {
  const dropBefore = clock.now().toISOString();
  const query = { dropBefore, limit: pageSize, ...(position !== undefined && { after: position }) };
  const { events, next } = await unusable.list(query);
  // The index may still show one that was kept again.
  const due = events.filter(({ dropAt }) => dropAt < dropBefore);
  for (const { id } of due) await unusable.drop(id);
  return { found: due.length, moved: due.length, ...(next !== undefined && { next }) };
}
