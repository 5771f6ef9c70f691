/** Unusable events, in memory. */
import type {
  UnusableEvent,
  UnusableEvents,
  UnusablePayload,
  UnusableQuery,
} from '../../lib/issuance/unusable-events.ts';

interface Kept {
  event: UnusableEvent;
  payload: UnusablePayload | undefined;
}

export class InMemoryUnusable implements UnusableEvents {
  readonly #kept = new Map<string, Kept>();

  async keep(event: UnusableEvent, payload: UnusablePayload): Promise<void> {
    if (!this.#kept.has(event.id)) this.#kept.set(event.id, { event, payload });
  }

  async list({ limit, source, dropBefore, after }: UnusableQuery) {
    const position = ({ dropAt, id }: UnusableEvent) => `${dropAt}#${id}`;
    const all = this.all()
      .filter((event) => source === undefined || event.source === source)
      .filter(({ dropAt }) => dropBefore === undefined || dropAt < dropBefore)
      .filter((event) => after === undefined || position(event) > after)
      .sort((a, b) => (position(a) < position(b) ? -1 : 1));
    const events = all.slice(0, limit);
    const last = events.at(-1);
    return { events, ...(all.length > limit && last && { next: position(last) }) };
  }

  async get(id: string): Promise<Kept | undefined> {
    return this.#kept.get(id);
  }

  async drop(id: string): Promise<void> {
    this.#kept.delete(id);
  }

  /** For a test's eyes. */
  all(): UnusableEvent[] {
    return [...this.#kept.values()].map(({ event }) => event);
  }
}
