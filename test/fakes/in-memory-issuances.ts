/** The issuance store in memory, with the conditions of the real one; its index can be made to lag. */

import type { IssuanceTable } from '../../lib/aws/issuance-table.ts';
import { idAt, positionOf } from '../../lib/issuance/due.ts';
import { hasStatus, type Issuance } from '../../lib/issuance/issuance.ts';
import type { ListPage, ListQuery } from '../../lib/issuance/issuance-store.ts';
import { allowedBefore, type Status } from '../../lib/issuance/status.ts';
import type { WaitingIssuance } from '../../lib/operate/reconcile/oldest-issuances.ts';

export class InMemoryIssuances implements IssuanceTable {
  readonly #records = new Map<string, Issuance>();
  /** What the index showed when it stopped following the records. */
  #stale: Issuance[] | undefined;

  async get(id: string): Promise<Issuance | undefined> {
    return structuredClone(this.#records.get(id));
  }

  async getMany(ids: readonly string[]): Promise<Issuance[]> {
    return [...new Set(ids)].flatMap((id) => structuredClone(this.#records.get(id)) ?? []);
  }

  async create(issuance: Issuance): Promise<Issuance | undefined> {
    const existing = this.#records.get(issuance.id);
    if (existing === undefined) this.#records.set(issuance.id, structuredClone(issuance));
    return structuredClone(existing);
  }

  async replace(next: Issuance): Promise<boolean> {
    const current = this.#records.get(next.id);
    if (current === undefined || !mayReplace(current, next)) return false;
    this.#records.set(next.id, structuredClone(next));
    return true;
  }

  async list<In extends Status>(query: ListQuery<In>): Promise<ListPage<In>> {
    const { status, limit, source, dueBefore = '~~', after = '0' } = query;
    const positions = (this.#stale ?? [...this.#records.values()])
      .filter((issuance) => issuance.status === status && (source === undefined || issuance.source === source))
      .map(positionOf)
      .filter((position) => position > after && position <= dueBefore)
      .sort();
    const page = positions.slice(0, limit);
    const records = await this.getMany(page.map((position) => idAt(position)));
    const issuances = records.filter((issuance) => hasStatus(issuance, status)).sort(byPosition);
    const next = positions.length > limit ? page.at(-1) : undefined;
    return { issuances, ...(next !== undefined && { next }) };
  }

  async oldest(status: Status, limit: number): Promise<WaitingIssuance[]> {
    const waiting = (this.#stale ?? [...this.#records.values()]).filter((issuance) => issuance.status === status);
    const byAge = waiting.map(({ id, queuedAt }) => ({ id, queuedAt }));
    return byAge.sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : 1)).slice(0, limit);
  }

  /** Makes the index show what it shows now, until it follows again. */
  freezeIndex(): void {
    this.#stale = this.all();
  }

  thawIndex(): void {
    this.#stale = undefined;
  }

  /** Every record, for a test's eyes. */
  all(): Issuance[] {
    return structuredClone([...this.#records.values()]);
  }

  /** Puts a record there without any condition, as a starting point of a test. */
  put(issuance: Issuance): void {
    this.#records.set(issuance.id, structuredClone(issuance));
  }
}

/** What a conditional write looks at. */
export type Versioned = Pick<Issuance, 'sequence' | 'status'> & { attempt?: { fence: number } };

export function mayReplace(current: Versioned, next: Versioned): boolean {
  const fence = current.attempt?.fence;
  return (
    current.sequence === next.sequence - 1 &&
    allowedBefore(next.status).includes(current.status) &&
    (fence === undefined || fence <= (next.attempt?.fence ?? 0))
  );
}

function byPosition(a: Issuance, b: Issuance): number {
  return positionOf(a) < positionOf(b) ? -1 : 1;
}
