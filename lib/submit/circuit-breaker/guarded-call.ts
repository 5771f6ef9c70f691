/** A call to a provider whose end is noted at the circuit of the program. */

import { IssuanceError } from '../../issuance/issuance-error.ts';
import { verdictOf } from './circuit-rules.ts';
import type { CircuitBreaker } from './ports.ts';

export interface GuardedCall<Result> {
  /**
   * That a lost call can be found out about proves nothing of handing over: only a failure of it counts.
   */
  what: 'submit' | 'recover';
  program: string;
  id: string;
  call(): Promise<Result>;
}

/**
 * Makes the call. A refusal of the whole account that finds the circuit open (or opens it) does not end the issuance:
 * it throws `circuit-open` instead, and the issuance waits until the account is fixed.
 */
export async function guardedCall<Result>(
  { what, program, id, call }: GuardedCall<Result>,
  circuits: CircuitBreaker,
): Promise<Result> {
  try {
    const result = await call();
    if (what === 'submit') await circuits.note(program, id, undefined);
    return result;
  } catch (error) {
    const counted = countedIn(error);
    const verdict = verdictOf(counted?.code);
    const isLimited = counted?.code === 'calls-limited';
    if (isLimited || (what === 'recover' && verdict !== 'outage' && verdict !== 'refusal'))
      await circuits.passOn(program, id);
    else if (counted !== undefined) {
      const open = await circuits.note(program, id, counted);
      if (open !== undefined && verdict === 'refusal') throw open;
    }
    throw error;
  }
}

/** What the circuit counts: a refusal, which may be the cause of what finding out about a lost call throws, or the error. */
function countedIn(error: unknown): IssuanceError | undefined {
  if (!(error instanceof IssuanceError)) return undefined;
  const { cause } = error;
  return cause instanceof IssuanceError && verdictOf(cause.code) === 'refusal' ? cause : error;
}
