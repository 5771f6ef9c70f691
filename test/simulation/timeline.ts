/** Virtual time: everything that will happen, in order; between two happenings every continuation runs as far as it can. */

interface Happening {
  at: number;
  order: number;
  task: () => void;
}

export class Timeline {
  /** Milliseconds since the epoch: the one true time of a run. */
  now: number;
  /** Happenings so far. */
  steps = 0;
  readonly #heap: Happening[] = [];
  #order = 0;

  constructor(start: number) {
    this.now = start;
  }

  after(milliseconds: number, task: () => void): void {
    this.#order += 1;
    this.#push({ at: this.now + milliseconds, order: this.#order, task });
  }

  /** Lets things happen until there is nothing left, or `stop` says so. */
  async run(stop: () => boolean): Promise<void> {
    while (!stop()) {
      const next = this.#pop();
      if (next === undefined) return;
      this.now = next.at;
      this.steps += 1;
      next.task();
      // A tick comes after every promise that can settle has settled.
      await new Promise<void>((resolve) => process.nextTick(resolve));
    }
  }

  #push(entry: Happening): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, entry)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = entry;
  }

  #pop(): Happening | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      let below = heap[child];
      const other = heap[child + 1];
      if (below !== undefined && other !== undefined && isBefore(other, below)) {
        below = other;
        child += 1;
      }
      if (below === undefined || isBefore(last, below)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
