/** AIR Kit's receipt: the hash of a credential's core claim, by which the provider knows it. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Submission } from '../../issuance/provider.ts';
import type { Issued } from './answers.ts';

/**
 * Under `ignore` a 409 means that the holder refuses, or has the credential: one the slot knows is the one meant.
 * Throws `duplicate-or-refused` when it knows none.
 */
export function existing(knownReceipts: readonly string[]): Submission {
  const latest = knownReceipts.at(-1);
  if (latest === undefined) throw new IssuanceError('duplicate-or-refused', { detail: 'HTTP 409' });
  return submissionOf({ coreClaimHash: latest });
}

/**
 * The receipt in an answer; the hash is what the provider knows the credential by. `userUuid`, its id of the person, is
 * never kept: nothing is asked by it.
 */
export function submissionOf({ coreClaimHash }: Pick<Issued, 'coreClaimHash'>): Submission {
  return { receipt: { coreClaimHash }, knownAs: coreClaimHash };
}
