/** The circuit breaker: who may call a provider, and what becomes known of it by calling. */

import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Clock, Log } from '../../issuance/ports.ts';
import { describeUnexpected } from '../../issuance/unexpected.ts';
import { verdictOf } from './call-verdict.ts';
import { afterFailure, afterSuccess, type Circuit, probing, waitMs, withoutProbe } from './circuit-rules.ts';
import { type CircuitPorts, KnownCircuits } from './known-circuits.ts';
import { OwnFailures } from './own-failures.ts';
import type { CircuitBreaker } from './ports.ts';

/** The breaker of one container. A failure of its store never blocks a call: nothing relies on the breaker. */
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

  admit(program: string, id: string): Promise<void> {
    return this.#orNothing(async () => {
      const known = await this.#circuits.current(program);
      if (known.openings === 0) return;
      const wait = this.#waitMs(known, id);
      if (wait > 0) throw openError(known, wait);
      const circuit = await this.#circuits.fetch(program);
      if (circuit.openings === 0) return;
      const stillOpen = this.#waitMs(circuit, id);
      const isProbe = stillOpen === 0 && (await this.#circuits.write(probing(circuit, id, this.#clock.now())));
      if (!isProbe) throw openError(circuit, stillOpen);
    });
  }

  heldBack(program: string): Promise<IssuanceError | undefined> {
    return this.#orNothing(async () => {
      const known = await this.#circuits.current(program);
      const wait = this.#waitMs(known);
      return wait > 0 ? openError(known, wait) : undefined;
    });
  }

  passOn(program: string, id: string): Promise<void> {
    return this.#orNothing(async () => {
      if (this.#circuits.last(program)?.probe?.id !== id) return;
      await this.#circuits.goOn(program, (before) => withoutProbe(before, id));
    });
  }

  note(program: string, id: string, error: IssuanceError | undefined): Promise<IssuanceError | undefined> {
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

  /** The provider is at work: no container goes on counting from what it knew before. */
  async #succeeded(program: string): Promise<void> {
    this.#failures.end(program);
    const known = await this.#circuits.current(program);
    if (afterSuccess(known) !== undefined) await this.#circuits.goOn(program, afterSuccess);
  }

  async #failed(program: string, id: string, error: IssuanceError): Promise<IssuanceError | undefined> {
    const { code, retryAfterSeconds } = error;
    const now = this.#clock.now();
    const failure = { id, code, retryAfterSeconds, ownRow: this.#failures.add(program, id, now) };
    const circuit = await this.#circuits.goOn(program, (before) => afterFailure(before, failure, now));
    return circuit.openings === 0 ? undefined : openError({ ...circuit, code }, this.#waitMs(circuit));
  }

  #waitMs(circuit: Circuit, id = ''): number {
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

function openError({ code }: Circuit, forMs: number): IssuanceError {
  const retryAfterSeconds = Math.max(1, Math.ceil(forMs / 1000));
  return new IssuanceError('circuit-open', { retryAfterSeconds, ...(code !== undefined && { detail: code }) });
}
