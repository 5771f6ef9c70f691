/** Holds: programs whose provider has requested a pause. A poller passes them from round to round. */
import { clocksApartMs } from '../issuance/due.ts';
import type { ErrorCode } from '../issuance/error-codes.ts';
import type { IssuanceError } from '../issuance/issuance-error.ts';
import type { Clock } from '../issuance/ports.ts';
import { mostRetryAfterSeconds } from '../issuance/retry-delay.ts';

/** Program → RFC 3339: no status requests for its issuances before this time. */
export type Holds = Readonly<Record<string, string>>;

/** 429, 503, and our own limit on calls. Other errors with a waiting time are internal: a signing key, a circuit breaker. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider-rate-limited',
  'provider-unavailable',
  'calls-limited',
]);

const mostMs = mostRetryAfterSeconds * 1000;

export class HeldPrograms {
  readonly #until = new Map<string, number>();
  readonly #clock: Clock;

  /** `given` comes from an execution's state: executions of older code have none, and impossible values are omitted. */
  constructor(given: Holds | undefined, clock: Clock) {
    this.#clock = clock;
    const latest = clock.now().getTime() + mostMs + clocksApartMs;
    for (const [program, text] of Object.entries(given ?? {})) {
      const until = Date.parse(text);
      if (until <= latest) this.#until.set(program, until);
    }
  }

  /** Records a refused status request. The longest pause of a program counts. */
  note(program: string, { code, retryAfterSeconds = 0 }: IssuanceError): void {
    if (!refusals.has(code) || !(retryAfterSeconds > 0)) return;
    const until = this.#clock.now().getTime() + Math.min(retryAfterSeconds * 1000, mostMs);
    this.#until.set(program, Math.max(until, this.#until.get(program) ?? 0));
  }

  has(program: string): boolean {
    return this.#secondsLeft(program) > 0;
  }

  /** Whole seconds until the first of these programs may be polled again; 0 if one may be polled now, or if there is none. */
  secondsUntilFirst(programs: readonly string[]): number {
    return programs.length === 0 ? 0 : Math.min(...programs.map((program) => this.#secondsLeft(program)));
  }

  /** The holds for the next round. */
  left(): Holds {
    const held = [...this.#until].filter(([program]) => this.has(program));
    return Object.fromEntries(held.map(([program, until]) => [program, new Date(until).toISOString()]));
  }

  #secondsLeft(program: string): number {
    const leftMs = (this.#until.get(program) ?? 0) - this.#clock.now().getTime();
    return Math.max(0, Math.ceil(leftMs / 1000));
  }
}
