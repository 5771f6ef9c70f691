/** The state of a program's circuit breaker, for parts that do not call the provider themselves. */
import type { Clock } from '../../issuance/ports.ts';
import { waitMs } from './circuit-rules.ts';
import type { CircuitStore } from './ports.ts';

/** `probe-due`: it is open, and the next call is admitted as a probe. */
export type CircuitState = 'closed' | 'open' | 'probe-due';

export interface CircuitStatesPorts {
  store: Pick<CircuitStore, 'get'>;
  clock: Clock;
}

/** Reads the state of a program's circuit breaker. */
export function circuitStates({ store, clock }: CircuitStatesPorts): { of(program: string): Promise<CircuitState> } {
  return {
    async of(program) {
      const circuit = await store.get(program);
      if (circuit === undefined || circuit.openings === 0) return 'closed';
      return waitMs(circuit, undefined, clock.now()) === 0 ? 'probe-due' : 'open';
    },
  };
}
