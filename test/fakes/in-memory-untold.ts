/** The events the bus did not take, in memory. */
import type { IssuanceEvent } from '../../lib/issuance/event.ts';
import type { UntoldEvents } from '../../lib/issuance/untold.ts';

export class InMemoryUntold implements UntoldEvents {
  readonly #kept = new Map<string, IssuanceEvent | undefined>();

  async keep(event: IssuanceEvent): Promise<void> {
    const name = nameOf(event);
    if (!this.#kept.has(name)) this.#kept.set(name, structuredClone(event));
  }

  async list(after: string | undefined, limit: number) {
    const all = this.all()
      .map((event) => ({ event, position: `${event.at}#${nameOf(event)}` }))
      .filter(({ position }) => after === undefined || position > after)
      .sort((a, b) => (a.position < b.position ? -1 : 1));
    const page = all.slice(0, limit);
    const next = all.length > limit ? page.at(-1)?.position : undefined;
    return { events: page.map(({ event }) => event), ...(next !== undefined && { next }) };
  }

  async told(event: IssuanceEvent): Promise<void> {
    this.#kept.set(nameOf(event), undefined);
  }

  /** Those that are not told, for a test's eyes. */
  all(): IssuanceEvent[] {
    return structuredClone([...this.#kept.values()].filter((event) => event !== undefined));
  }
}

function nameOf({ id, sequence }: IssuanceEvent): string {
  return `${id}#${sequence}`;
}
