/** A clock that stands still until it is moved. */
import type { Clock } from '../../lib/issuance/ports.ts';

export class VirtualClock implements Clock {
  #time: number;

  constructor(start = '2026-11-22T09:00:00.000Z') {
    this.#time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#time);
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }

  /** Moves on to this time unless it has passed. */
  reach(time: Date): void {
    this.#time = Math.max(this.#time, time.getTime());
  }
}
