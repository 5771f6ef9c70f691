/** A call to a provider whose end is noted at the program's circuit. */
import { verdictOf } from './circuit.ts';
import { IssuanceError } from './issuance-error.ts';
import type { Circuits } from './ports.ts';

export interface GuardedCall<Result> {
  /** Finding out about a lost call is never kept back, and says little of whether handing over would work. */
  what: 'submit' | 'recover';
  program: string;
  id: string;
  call(): Promise<Result>;
}

/**
 * Makes the call. A refusal of the whole account that finds the circuit open (or opens it) does not end the issuance:
 * it throws `circuit-open` instead, and the issuance waits until the account is mended.
 */
export async function guardedCall<Result>(
  { what, program, id, call }: GuardedCall<Result>,
  circuits: Circuits | undefined,
): Promise<Result> {
  try {
    const result = await call();
    if (what === 'submit') await circuits?.note(program, id, undefined);
    return result;
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal !== undefined) throw (await circuits?.note(program, id, refusal)) ?? error;
    if (what === 'submit' && error instanceof IssuanceError) await circuits?.note(program, id, error);
    throw error;
  }
}

/** Finding out about a lost call can fail for a refusal too; then it is the cause of what is thrown. */
function refusalIn(error: unknown): IssuanceError | undefined {
  if (!(error instanceof IssuanceError)) return undefined;
  if (verdictOf(error.code) === 'refusal') return error;
  return error.code === 'outcome-unknown' ? refusalIn(error.cause) : undefined;
}
