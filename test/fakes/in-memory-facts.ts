/** Facts about holders, in memory. */

export class InMemoryFacts {
  readonly #facts = new Set<string>();

  async known(holder: string, fact: string): Promise<boolean> {
    return this.#facts.has(`${holder}\n${fact}`);
  }

  async remember(holder: string, fact: string): Promise<void> {
    this.#facts.add(`${holder}\n${fact}`);
  }

  forget(holder: string, fact: string): void {
    this.#facts.delete(`${holder}\n${fact}`);
  }
}
