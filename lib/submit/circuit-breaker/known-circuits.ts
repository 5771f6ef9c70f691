/** What this container knows of the circuits (read once a second at most, written one change after the other) and of its own failures. */

import type { Log } from '../../issuance/log-events.ts';
import type { Clock } from '../../issuance/ports.ts';
import { type Circuit, closedCircuit, freshMs, maxFailures } from './circuit-rules.ts';
import type { CircuitStore } from './ports.ts';

export interface CircuitPorts {
  store: CircuitStore;
  clock: Clock;
  log: Log;
}

/** How a circuit goes on; undefined when there is nothing to change. */
type Step = (circuit: Circuit) => Circuit | undefined;

/** A write that another container was faster with is tried again this often; then the next call tells. */
const maxTries = 8;

export class KnownCircuits {
  readonly #ports: CircuitPorts;
  readonly #read = new Map<string, { circuit: Circuit; at: number }>();
  /** The writes for each program, one after the other: at once they would only be in each other's way. */
  readonly #writes = new Map<string, Promise<unknown>>();

  constructor(ports: CircuitPorts) {
    this.#ports = ports;
  }

  /** As it was last read, however long ago. */
  last(program: string): Circuit | undefined {
    return this.#read.get(program)?.circuit;
  }

  /** As it was a second ago at the earliest. */
  async current(program: string): Promise<Circuit> {
    const known = this.#read.get(program);
    const fresh = known !== undefined && this.#now() - known.at < freshMs;
    return fresh ? known.circuit : this.fetch(program);
  }

  /** As it is now. */
  async fetch(program: string): Promise<Circuit> {
    const circuit = (await this.#ports.store.get(program)) ?? closedCircuit(program);
    this.#read.set(program, { circuit, at: this.#now() });
    return circuit;
  }

  /** False when another container was faster. */
  async write(next: Circuit): Promise<boolean> {
    const written = await this.#ports.store.replace(next);
    if (written) this.#read.set(next.program, { circuit: next, at: this.#now() });
    else this.#read.delete(next.program);
    return written;
  }

  /** Goes on from the circuit as it is; gives it as it then is. */
  goOn(program: string, step: Step): Promise<Circuit> {
    const before = this.#writes.get(program) ?? Promise.resolve();
    const written = before.then(() => this.#tryToGoOn(program, step));
    this.#writes.set(
      program,
      written.catch(() => undefined),
    );
    return written;
  }

  async #tryToGoOn(program: string, step: Step): Promise<Circuit> {
    const { log } = this.#ports;
    for (let tries = 1; ; tries += 1) {
      const before = await this.fetch(program);
      const next = step(before);
      if (next === undefined || tries === maxTries) return before;
      if (!(await this.write(next))) continue;
      if (next.openings > before.openings && next.code !== undefined) {
        log.write({ event: 'circuit-opened', program, code: next.code });
      }
      if (next.openings === 0 && before.openings > 0) log.write({ event: 'circuit-closed', program });
      return next;
    }
  }

  #now(): number {
    return this.#ports.clock.now().getTime();
  }
}

interface Row {
  /** When each failed. */
  times: number[];
  lastFailed: string;
}

export class OwnFailures {
  readonly #rows = new Map<string, Row>();

  /** The row with one more, unless the same issuance failed last. */
  add(program: string, id: string, now: Date): readonly number[] {
    const { times = [], lastFailed } = this.#rows.get(program) ?? {};
    const row = { times: lastFailed === id ? times : [...times, now.getTime()].slice(-maxFailures), lastFailed: id };
    this.#rows.set(program, row);
    return row.times;
  }

  /** The provider works: the row begins again. The issuance that failed last still does not count twice in a row. */
  end(program: string): void {
    const row = this.#rows.get(program);
    if (row !== undefined) row.times = [];
  }
}
