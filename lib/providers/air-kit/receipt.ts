/** AIR Kit's receipt: the hash of a credential's core claim, by which the provider knows it. */
import type { Submission } from '../../issuance/provider.ts';
import { type CredentialStatus, type Issued, parseIssuanceDate } from './answers.ts';
import type { Answer } from './client.ts';

/** `issuanceDate` and the `date` header have whole seconds. */
export const roundingMs = 2000;

/**
 * The receipt in an answer; the hash identifies the credential at the provider and in the slot.
 * `userUuid`, the provider's id of the person, is never stored, because no request needs it.
 */
export function submissionOf({ coreClaimHash }: Issued, knownReceipts: readonly string[]): Submission {
  const known = knownReceipts.includes(coreClaimHash);
  return { receipt: { coreClaimHash }, knownAs: coreClaimHash, ...(known && { existing: true }) };
}

/** Whether, according to the provider, it issued the credential before this time (our clock). */
export function isOlderThan(time: Date, { body, clockOffsetMs }: Answer<CredentialStatus>): boolean {
  const issuedAt = parseIssuanceDate(body.issuanceDate);
  return issuedAt !== undefined && issuedAt < time.getTime() + clockOffsetMs - roundingMs;
}
