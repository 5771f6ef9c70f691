/** The calls of this container that failed in a row, by program. */
import { maxFailures } from './circuit-rules.ts';

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
