/** The circuits in memory, with the condition of the real store. */
import type { Circuit } from '../../lib/submit/circuit-breaker/circuit-rules.ts';
import type { CircuitStore } from '../../lib/submit/circuit-breaker/ports.ts';

export class InMemoryCircuits implements CircuitStore {
  readonly #circuits = new Map<string, Circuit>();
  /** Reads and writes so far. */
  reads = 0;
  writes = 0;

  async get(program: string): Promise<Circuit | undefined> {
    this.reads += 1;
    return structuredClone(this.#circuits.get(program));
  }

  async replace(next: Circuit): Promise<boolean> {
    if ((this.#circuits.get(next.program)?.version ?? 0) !== next.version - 1) return false;
    this.writes += 1;
    this.#circuits.set(next.program, structuredClone(next));
    return true;
  }
}
