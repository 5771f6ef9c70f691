/** Undoes what was started, last first, also when a start fails half-way. */

/** A list of things to undo. */
export class Cleanup {
  readonly #steps: (() => unknown)[] = [];

  /** Adds a step that is to run before all steps added so far. */
  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Runs every step once, even if some fail; fails with the first failure. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
