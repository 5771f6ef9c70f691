/** The interface of the circuit breaker for the worker, and its store port. */
import type { IssuanceId } from '../../issuance/ids.ts';
import type { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Circuit } from './circuit-rules.ts';

/** Blocks calls to an unavailable provider for a program, until a probe shows that it is available again. */
export interface CircuitBreaker {
  /** Admits a call, as the probe if necessary; throws `circuit-open` if nothing should be sent now. */
  admit(program: string, id: IssuanceId): Promise<void>;
  /** `circuit-open` if no call, not even a probe, is admitted now. Never throws. */
  heldBack(program: string): Promise<IssuanceError | undefined>;
  /** Whether it is open, with or without a due probe: the provider is unavailable. Never throws. */
  isOpen(program: string): Promise<boolean>;
  /** Admits the next probe at once, because this probe showed nothing about submissions. Never throws. */
  passOn(program: string, id: IssuanceId): Promise<void>;
  /** Records the result of a call; returns `circuit-open` if the call failed and the circuit breaker is now open. Never throws. */
  note(program: string, id: IssuanceId, error: IssuanceError | undefined): Promise<IssuanceError | undefined>;
}

/** Conditional writes on one small record per program; reads are strongly consistent. */
export interface CircuitStore {
  get(program: string): Promise<Circuit | undefined>;
  /** Writes it if it still has the previous version. False if not. */
  replace(next: Circuit): Promise<boolean>;
}
