/** A call to a provider whose result is recorded in the program's circuit breaker. */

import type { IssuanceId } from '../../issuance/ids.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { verdictOf } from './circuit-rules.ts';
import type { CircuitBreaker } from './ports.ts';

export interface GuardedCall<Result> {
  /**
   * A successful recovery proves nothing about submissions: only its failure counts.
   */
  what: 'submit' | 'recover';
  program: string;
  id: IssuanceId;
  call(): Promise<Result>;
}

/**
 * Makes the call. A refusal of the whole account while the circuit breaker is open (or that opens it) does not end the
 * issuance: it throws `circuit-open` instead, and the issuance waits until the account is fixed.
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

/** The error that the circuit breaker counts: a refusal, which may be the cause of a failed recovery, or the error itself. */
function countedIn(error: unknown): IssuanceError | undefined {
  if (!(error instanceof IssuanceError)) return undefined;
  const { cause } = error;
  return cause instanceof IssuanceError && verdictOf(cause.code) === 'refusal' ? cause : error;
}
