/** Holds: programs whose provider has asked to be left alone for a while. A poller carries them from round to round. */
import { clocksApartMs } from '../issuance/due.ts';
import type { ErrorCode } from '../issuance/error-codes.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';
import type { Clock } from '../issuance/ports.ts';
import { mostRetryAfterSeconds } from '../issuance/retry-delay.ts';

/** Program → RFC 3339: no question about its issuances before then. */
export type Holds = Readonly<Record<string, string>>;

/** 429, 503, and our own ceiling on calls. Other errors with a wish of this kind are our own: a signing key, a circuit. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider-rate-limited',
  'provider-unavailable',
  'calls-limited',
]);

const mostMs = mostRetryAfterSeconds * 1000;

export class HeldPrograms {
  readonly #until = new Map<string, number>();
  readonly #clock: Clock;

  /** `given` comes out of an execution's state: one that older code began has none, and what cannot be true is left out. */
  constructor(given: Holds | undefined, clock: Clock) {
    this.#clock = clock;
    const latest = clock.now().getTime() + mostMs + clocksApartMs;
    for (const [program, text] of Object.entries(given ?? {})) {
      const until = Date.parse(text);
      if (until <= latest) this.#until.set(program, until);
    }
  }

  /** Takes note of a refused question. The longest wish of a program counts. */
  note(program: string, { code, retryAfterSeconds = 0 }: IssuanceError): void {
    if (!refusals.has(code) || !(retryAfterSeconds > 0)) return;
    const until = this.#clock.now().getTime() + Math.min(retryAfterSeconds * 1000, mostMs);
    this.#until.set(program, Math.max(until, this.#until.get(program) ?? 0));
  }

  has(program: string): boolean {
    return this.#secondsLeft(program) > 0;
  }

  /** Whole seconds until the first of these programs may be asked again; 0 when one may be asked now, or there is none. */
  secondsUntilFirst(programs: readonly string[]): number {
    return programs.length === 0 ? 0 : Math.min(...programs.map((program) => this.#secondsLeft(program)));
  }

  /** What the next round has to know. */
  left(): Holds {
    const held = [...this.#until].filter(([program]) => this.has(program));
    return Object.fromEntries(held.map(([program, until]) => [program, new Date(until).toISOString()]));
  }

  #secondsLeft(program: string): number {
    const leftMs = (this.#until.get(program) ?? 0) - this.#clock.now().getTime();
    return Math.max(0, Math.ceil(leftMs / 1000));
  }
}
