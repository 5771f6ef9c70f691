/** How an issuance is written as an item of the table. */
import { never, positionOf } from '../issuance/due.ts';
import type { Claims, Issuance } from '../issuance/issuance.ts';
import type { Status } from '../issuance/status.ts';

/** Partitions of the index per status, so that one busy status does not make one hot partition. */
export const shards = [0, 1, 2, 3] as const;

export interface IssuanceItem extends Omit<Issuance, 'holder' | 'claims'> {
  pk: string;
  /** Index key: status and shard. */
  statusShard: string;
  /** Index sort key: due time, id and the time it was queued, which tells its age without reading the record. */
  due: string;
  /** Holder and claims as JSON text: DynamoDB's numbers are not JSON's, and one attribute is easily dropped. */
  personal?: string;
  /** Fencing token of the latest attempt, where conditions can reach it. */
  fence?: number;
  /** Unique to each write. */
  written: string;
}

export function issuanceKey(id: string): { pk: string } {
  return { pk: `ISSUANCE#${id}` };
}

/** Beside the statuses of issuances: events that the bus has not taken yet. */
export type IndexStatus = Status | 'untold';

export function statusShard(status: IndexStatus, shard: number): string {
  return `${status}#${shard}`;
}

export function shardOf(id: string): number {
  return (id.codePointAt(id.length - 1) ?? 0) % shards.length;
}

/** Index sort key of what is no issuance. */
export function dueKey(dueAt: string, name: string): string {
  return `${dueAt}#${name}`;
}

/** The time of queueing in an index sort key; the end of time in one that was written without it. */
export function queuedAtOfDueKey(due: string): string {
  return due.split('@')[1] ?? never;
}

export function toItem(issuance: Issuance, written: string): IssuanceItem {
  const { holder, claims, ...rest } = issuance;
  return {
    ...rest,
    ...issuanceKey(issuance.id),
    statusShard: statusShard(issuance.status, shardOf(issuance.id)),
    due: positionOf(issuance),
    ...(holder !== undefined && { personal: JSON.stringify({ holder, claims }) }),
    ...(issuance.attempt && { fence: issuance.attempt.fence }),
    written,
  };
}

export function fromItem(item: IssuanceItem): Issuance {
  const { pk: _pk, statusShard: _shard, due: _due, fence: _fence, written: _written, personal, ...rest } = item;
  if (personal === undefined) return rest;
  const { holder, claims } = JSON.parse(personal) as { holder: string; claims: Claims };
  return { ...rest, holder, claims };
}
