/** What the circuit breaker offers the worker, and what it needs of a store. */
import type { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Circuit } from './circuit-rules.ts';

/** Keeps calls away from a provider that is out of order for a program, until one probe shows that it is back. */
export interface CircuitBreaker {
  /** Lets a call through, as the probe if it must be one; throws `circuit-open` when nothing should be sent now. */
  admit(program: string, id: string): Promise<void>;
  /** `circuit-open` when nothing, not even a probe, may go through now. Never throws. */
  heldBack(program: string): Promise<IssuanceError | undefined>;
  /** Whether it is open, a probe due or not: the provider is out of order. Never throws. */
  isOpen(program: string): Promise<boolean>;
  /** Lets the next probe through at once, as this one has shown nothing about handing over. Never throws. */
  passOn(program: string, id: string): Promise<void>;
  /** Notes how a call ended; gives `circuit-open` when the call failed and the circuit is open now. Never throws. */
  note(program: string, id: string, error: IssuanceError | undefined): Promise<IssuanceError | undefined>;
}

/** Conditional writes on one small record per program; reads are strongly consistent. */
export interface CircuitStore {
  get(program: string): Promise<Circuit | undefined>;
  /** Writes it if it still has the version before this one. False when it has not. */
  replace(next: Circuit): Promise<boolean>;
}
