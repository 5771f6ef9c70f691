/** An issuance as an item of the table. */

import { never, positionOf } from '../issuance/due.ts';
import type { IssuanceId } from '../issuance/ids.ts';
import type { Issuance } from '../issuance/issuance.ts';
import type { Status } from '../issuance/status.ts';
import { RecordNotUnderstood, readIssuance } from './stored-issuance.ts';

/** Partitions of the index per status, so that one busy status does not make one hot partition. */
export const shards = [0, 1, 2, 3] as const;

/** The attributes of an item in addition to the fields of its issuance. */
interface ItemFields {
  pk: string;
  /** Index key: status and shard. */
  statusShard: string;
  /** Index sort key: due time, id and the time it was queued, which gives its age without reading the record. */
  due: string;
  /** Holder (or the directory's key) and claims as a JSON string: DynamoDB's numbers differ from JSON's, and one attribute is easy to delete. */
  personal?: string;
  /** Fencing token of the latest attempt, as an attribute for conditions. */
  fence?: number;
  /** Unique to each write. */
  written: string;
}

const keyPrefix = 'ISSUANCE#';

export function issuanceKey(id: IssuanceId): { pk: string } {
  return { pk: `${keyPrefix}${id}` };
}

/** In addition to the statuses of issuances: events that the bus has not accepted yet, and events that cannot be used. */
export type IndexStatus = Status | 'untold' | 'unusable';

export function statusShard(status: IndexStatus, shard: number): string {
  return `${status}#${shard}`;
}

export function shardOf(id: string): number {
  return (id.codePointAt(id.length - 1) ?? 0) % shards.length;
}

/** Index sort key of an item that is not an issuance. */
export function dueKey(dueAt: string, name: string): string {
  return `${dueAt}#${name}`;
}

/** The time of queueing in an index sort key; a time in the distant future if the key has none. */
export function queuedAtOfDueKey(due: string): string {
  return due.split('@')[1] ?? never;
}

export function toItem(issuance: Issuance, written: string) {
  const { holder, lookup, claims, ...rest } = issuance;
  const who = lookup === undefined ? { holder } : { lookup };
  const fields: ItemFields = {
    ...issuanceKey(issuance.id),
    statusShard: statusShard(issuance.status, shardOf(issuance.id)),
    due: positionOf(issuance),
    ...(claims !== undefined && { personal: JSON.stringify({ ...who, claims }) }),
    ...(issuance.attempt && { fence: issuance.attempt.fence }),
    written,
  };
  return { ...rest, ...fields };
}

/** Throws RecordNotUnderstood. */
export function fromItem(item: Readonly<Record<string, unknown>>): Issuance {
  const { pk, statusShard: _shard, due: _due, fence: _fence, written: _written, personal, ...rest } = item;
  const id = String(pk).replace(keyPrefix, '');
  return readIssuance(id, { ...rest, ...namesIn(id, personal) });
}

function namesIn(id: string, personal: unknown): object {
  if (personal === undefined) return {};
  try {
    const names: unknown = JSON.parse(String(personal));
    if (typeof names === 'object' && names !== null) return names;
  } catch {
    // Thrown below: the parser's own error repeats its input.
  }
  throw new RecordNotUnderstood(id, 'personal');
}
