/** The circuit breaker: admits calls to a provider, and learns from their results. */

import type { IssuanceId } from '../../issuance/ids.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Log } from '../../issuance/log-events.ts';
import type { Clock } from '../../issuance/ports.ts';
import { maxOpenSeconds } from '../../issuance/retry-delay.ts';
import { describeUnexpected } from '../../issuance/unexpected.ts';
import {
  afterFailure,
  afterSuccess,
  type Circuit,
  maxShortOpenings,
  probing,
  verdictOf,
  waitMs,
  withoutProbe,
} from './circuit-rules.ts';
import { type CircuitPorts, KnownCircuits, OwnFailures } from './known-circuits.ts';
import type { CircuitBreaker } from './ports.ts';

/** The breaker of one container. A failure of its store never blocks a call, because nothing relies on the breaker. */
export class SharedCircuitBreaker implements CircuitBreaker {
  readonly #circuits: KnownCircuits;
  readonly #failures = new OwnFailures();
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(ports: CircuitPorts) {
    this.#circuits = new KnownCircuits(ports);
    this.#clock = ports.clock;
    this.#log = ports.log;
  }

  admit(program: string, id: IssuanceId): Promise<void> {
    return this.#orNothing(async () => {
      const known = await this.#circuits.current(program);
      if (known.openings === 0) return;
      if (this.#waitMs(known, id) > 0) throw openError(known, this.#clock.now());
      const circuit = await this.#circuits.fetch(program);
      if (circuit.openings === 0) return;
      const now = this.#clock.now();
      const isProbe = waitMs(circuit, id, now) === 0 && (await this.#circuits.write(probing(circuit, id, now)));
      if (!isProbe) throw openError(circuit, now);
    });
  }

  heldBack(program: string): Promise<IssuanceError | undefined> {
    return this.#orNothing(async () => {
      const known = await this.#circuits.current(program);
      return this.#waitMs(known) > 0 ? openError(known, this.#clock.now()) : undefined;
    });
  }

  async isOpen(program: string): Promise<boolean> {
    return (await this.#orNothing(async () => (await this.#circuits.current(program)).openings > 0)) ?? false;
  }

  passOn(program: string, id: IssuanceId): Promise<void> {
    return this.#orNothing(async () => {
      if (this.#circuits.last(program)?.probe?.id !== id) return;
      await this.#circuits.goOn(program, (before) => withoutProbe(before, id));
    });
  }

  note(program: string, id: IssuanceId, error: IssuanceError | undefined): Promise<IssuanceError | undefined> {
    return this.#orNothing(async () => {
      const verdict = verdictOf(error?.code);
      if (verdict === 'nothing') return undefined;
      if (error === undefined || verdict === 'works') {
        await this.#succeeded(program);
        return undefined;
      }
      return this.#failed(program, id, error);
    });
  }

  /** The provider works: no container continues an earlier count. */
  async #succeeded(program: string): Promise<void> {
    this.#failures.end(program);
    const known = await this.#circuits.current(program);
    if (afterSuccess(known) !== undefined) await this.#circuits.goOn(program, afterSuccess);
  }

  async #failed(program: string, id: IssuanceId, error: IssuanceError): Promise<IssuanceError | undefined> {
    const { code, retryAfterSeconds } = error;
    const now = this.#clock.now();
    const failure = { id, code, retryAfterSeconds, ownRow: this.#failures.add(program, id, now) };
    const circuit = await this.#circuits.goOn(program, (before) => afterFailure(before, failure, now));
    return circuit.openings === 0 ? undefined : openError({ ...circuit, code }, this.#clock.now());
  }

  #waitMs(circuit: Circuit, id?: IssuanceId): number {
    return waitMs(circuit, id, this.#clock.now());
  }

  async #orNothing<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof IssuanceError) throw error;
      this.#log.write(describeUnexpected(error, 'worker: circuits'));
      return undefined;
    }
  }
}

/**
 * Tried again when the next probe is due; soon if a probe is in progress, because it may end at any moment. In an outage that
 * lasts the wait is always one for the table: messages that all come back when a probe is due would delay other programs.
 */
function openError({ code, openUntil, openings }: Circuit, now: Date): IssuanceError {
  const leftMs = openUntil === undefined ? 0 : Date.parse(openUntil) - now.getTime();
  const leastSeconds = openings > maxShortOpenings ? maxOpenSeconds + 1 : 1;
  const retryAfterSeconds = Math.max(leastSeconds, Math.ceil(leftMs / 1000));
  return new IssuanceError('circuit-open', { retryAfterSeconds, ...(code !== undefined && { detail: code }) });
}
