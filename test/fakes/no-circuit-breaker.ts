/** A circuit breaker that lets every call through, for tests of what comes after it. */
import type { CircuitBreaker } from '../../lib/submit/circuit-breaker/ports.ts';

export const noCircuitBreaker: CircuitBreaker = {
  admit: async () => undefined,
  heldBack: async () => undefined,
  isOpen: async () => false,
  passOn: async () => undefined,
  note: async () => undefined,
};
