/** What erasing does, to the stores in memory. */
import type { SlotKey } from '../../lib/issuance/ids.ts';
import { isIn } from '../../lib/issuance/issuance.ts';
import type { Nameless } from '../../lib/issuance/transitions/operation.ts';
import type { Erasure } from '../../lib/operate/erasure.ts';
import type { InMemoryFacts } from './in-memory-facts.ts';
import type { InMemoryIssuances } from './in-memory-issuances.ts';
import type { InMemorySlots } from './in-memory-slots.ts';

export class InMemoryErasure implements Erasure {
  readonly #store: InMemoryIssuances;
  readonly #slots: InMemorySlots;
  readonly #facts: InMemoryFacts;

  constructor(store: InMemoryIssuances, slots: InMemorySlots, facts: InMemoryFacts) {
    this.#store = store;
    this.#slots = slots;
    this.#facts = facts;
  }

  async forgetCredential({ id, sequence, status }: Nameless): Promise<boolean> {
    const current = await this.#store.get(id);
    if (current?.sequence !== sequence || current.status !== status) return false;
    if (!isIn(current, 'stage', 'parked', 'ended') || current.holder !== undefined) return false;
    const { receipt: _receipt, knownAs: _knownAs, ...rest } = current;
    this.#store.put(rest);
    return true;
  }

  async forgetSlot(key: SlotKey): Promise<void> {
    this.#slots.forget(key);
  }

  async factsKept(holder: string, facts: readonly string[]): Promise<string[]> {
    const kept = await Promise.all(facts.map((fact) => this.#facts.known(holder, fact)));
    return facts.filter((_fact, index) => kept[index]);
  }

  async forgetFact(holder: string, fact: string): Promise<void> {
    this.#facts.forget(holder, fact);
  }
}
