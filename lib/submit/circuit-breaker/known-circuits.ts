/** This container's view of the circuit breakers (read at most once a second, written one change at a time) and of its own failures. */

import type { IssuanceId } from '../../issuance/ids.ts';
import type { Log } from '../../issuance/log-events.ts';
import type { Clock } from '../../issuance/ports.ts';
import { type Circuit, closedCircuit, freshMs, maxFailures } from './circuit-rules.ts';
import type { CircuitStore } from './ports.ts';

export interface CircuitPorts {
  store: CircuitStore;
  clock: Clock;
  log: Log;
}

/** The next state of a circuit breaker; undefined if nothing changes. */
type Step = (circuit: Circuit) => Circuit | undefined;

/** How often a write is tried again after another container wrote first; after that, the next call continues. */
const maxTries = 8;

export class KnownCircuits {
  readonly #ports: CircuitPorts;
  readonly #read = new Map<string, { circuit: Circuit; at: number }>();
  /** The writes for each program, one after the other, because concurrent writes would conflict. */
  readonly #writes = new Map<string, Promise<unknown>>();

  constructor(ports: CircuitPorts) {
    this.#ports = ports;
  }

  /** As it was last read, at any time. */
  last(program: string): Circuit | undefined {
    return this.#read.get(program)?.circuit;
  }

  /** As it was at most a second ago. */
  async current(program: string): Promise<Circuit> {
    const known = this.#read.get(program);
    const fresh = known !== undefined && this.#now() - known.at < freshMs;
    return fresh ? known.circuit : this.fetch(program);
  }

  /** The current state. */
  async fetch(program: string): Promise<Circuit> {
    const circuit = (await this.#ports.store.get(program)) ?? closedCircuit(program);
    this.#read.set(program, { circuit, at: this.#now() });
    return circuit;
  }

  /** False if another container wrote first. */
  async write(next: Circuit): Promise<boolean> {
    const written = await this.#ports.store.replace(next);
    if (written) this.#read.set(next.program, { circuit: next, at: this.#now() });
    else this.#read.delete(next.program);
    return written;
  }

  /** Changes the current state; returns the new state. */
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
  /** The times of failures. */
  times: number[];
  lastFailed: string;
}

export class OwnFailures {
  readonly #rows = new Map<string, Row>();

  /** The series with one more failure, unless the same issuance failed last. */
  add(program: string, id: IssuanceId, now: Date): readonly number[] {
    const { times = [], lastFailed } = this.#rows.get(program) ?? {};
    const row = { times: lastFailed === id ? times : [...times, now.getTime()].slice(-maxFailures), lastFailed: id };
    this.#rows.set(program, row);
    return row.times;
  }

  /** The provider works: the series starts again. The issuance that failed last still does not count twice in a row. */
  end(program: string): void {
    const row = this.#rows.get(program);
    if (row !== undefined) row.times = [];
  }
}
