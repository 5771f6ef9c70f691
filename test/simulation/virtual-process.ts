/** One invocation of a function: it lives while it works, every call it makes is a point where it may die. */
import type { Clock } from '../../lib/issuance/ports.ts';
import type { World } from './world.ts';

export type ProcessKind = 'trigger' | 'worker' | 'poller' | 'reconcile' | 'operator' | 'rotation';

export type Ending<Result> = { how: 'returned'; result: Result } | { how: 'threw'; error: unknown } | { how: 'died' };

/** Longest that an ordinary, a slow and a stalled call take, in milliseconds. */
const ordinaryMs = 20;
const slowMs = 4_000;
const stalledMs = 150_000;
/** A clock of ours is off by at most so much. */
const mostClockErrorMs = 300_000;

export class VirtualProcess {
  readonly kind: ProcessKind;
  readonly name: string;
  readonly clock: Clock;
  alive = true;
  readonly #world: World;
  #die: (() => void) | undefined;

  constructor(kind: ProcessKind, world: World) {
    this.kind = kind;
    this.#world = world;
    this.name = world.nameOf(kind);
    const { random, weather, timeline } = world;
    const off = weather.clocksJump && weather.strikes('clock-off', timeline.now);
    const offset = off ? random.between(-300_000, 300_000) : random.between(-200, 200);
    const error = () => Math.max(-mostClockErrorMs, Math.min(mostClockErrorMs, world.clockJump + offset));
    this.clock = { now: () => new Date(timeline.now + error()) };
  }

  /** Runs work to its end or its death; `ended` hears of it once. */
  start<Result>(work: () => Promise<Result>, limitMs: number, ended: (ending: Ending<Result>) => void): void {
    const { timeline, weather, chronicle } = this.#world;
    const end = (ending: Ending<Result>) => {
      if (!this.alive) return;
      this.alive = false;
      this.#world.running -= 1;
      chronicle.tell(this.name, () => ending.how);
      ended(ending);
    };
    this.#die = () => end({ how: 'died' });
    this.#world.running += 1;
    const limit = weather.clocksJump && this.kind === 'worker' ? limitMs * 5 : limitMs;
    timeline.after(limit, () => {
      if (!this.alive) return;
      weather.count('function-timed-out');
      this.die('timed out');
    });
    work().then(
      (result) => end({ how: 'returned', result }),
      (error: unknown) => end({ how: 'threw', error }),
    );
  }

  /** From here on nothing of it goes on; what it has sent may still arrive. */
  die(why: string): void {
    this.#world.chronicle.tell(this.name, () => `dies: ${why}`);
    this.#die?.();
  }

  /**
   * A call of one of our services; `effect` is one atomic step of the service. `repeated` is what the service does when
   * the client repeats a call whose answer was lost; without it a repetition changes nothing.
   */
  call<Result>(label: string, effect: () => Promise<Result>, repeated?: () => Promise<Result>): Promise<Result> {
    if (!this.alive) return new Promise(() => undefined);
    const { timeline, weather, random } = this.#world;
    const fault = weather.forCall(timeline.now, repeated !== undefined);
    if (fault === 'crash-before-call') {
      this.die(`before ${label}`);
      return new Promise(() => undefined);
    }
    if (fault === 'crash-in-flight') timeline.after(random.between(0, ordinaryMs), () => this.die(`during ${label}`));
    const lands = random.chance(0.5);
    return new Promise((resolve, reject) => {
      timeline.after(this.latency(), () => {
        if (!this.alive && !lands) return;
        if (fault === 'call-refused' || fault === 'call-lost-before') {
          this.#note(label, fault);
          return this.later(() => reject(new Error(fault)));
        }
        const result = this.#take(label, effect, fault);
        if (fault === 'crash-after-call') return this.die(`after ${label}`);
        if (fault === 'call-answer-lost') return this.later(() => reject(new Error(fault)));
        if (fault !== 'call-repeated' || repeated === undefined) return this.later(() => resolve(result));
        this.later(() => {
          const again = this.#take(label, repeated, fault);
          this.later(() => resolve(again));
        });
      });
    });
  }

  /** Milliseconds that one way of a call takes. */
  latency(): number {
    const { random, weather, timeline } = this.#world;
    if (weather.clocksJump && this.kind === 'worker' && weather.strikes('worker-stalled', timeline.now, 0.1)) {
      return random.between(slowMs, stalledMs);
    }
    return random.chance(0.03) ? random.between(ordinaryMs, slowMs) : random.between(1, ordinaryMs);
  }

  /** Goes on after the way back, if it still lives. */
  later(next: () => void): void {
    this.#world.timeline.after(this.latency(), () => {
      if (this.alive) next();
    });
  }

  async #take<Result>(label: string, effect: () => Promise<Result>, fault: string | undefined): Promise<Result> {
    this.#world.acting = this;
    const result = await effect();
    this.#note(label, fault, result);
    return result;
  }

  #note(label: string, fault: string | undefined, result?: unknown): void {
    this.#world.chronicle.tell(this.name, () => {
      const shown = result === undefined ? '' : ` = ${JSON.stringify(result).slice(0, 160)}`;
      return `${label}${fault ? ` (${fault})` : ''}${shown}`;
    });
  }
}
