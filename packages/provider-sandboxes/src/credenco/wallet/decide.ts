/** The decision of a wallet about a credential: keep it, or discard it silently. */
import type { Outcome, TrustedContact, VerifiedCredential } from '../books/changes.ts';

/** Unattended: keeps only credentials of a trusted contact that may issue directly. */
export function decideUnattended(
  credential: VerifiedCredential,
  contact: TrustedContact | undefined,
  at: number,
): Outcome {
  if (contact === undefined) {
    const explanation = `${credential.iss} is not a trusted contact of this wallet`;
    return { kept: false, at, reason: 'issuer-not-trusted', explanation, credential };
  }
  if (!contact.directIssueAllowed) {
    const explanation = `${credential.iss} is a trusted contact, but may not issue directly`;
    return { kept: false, at, reason: 'direct-issue-not-allowed', explanation, credential };
  }
  return { kept: true, at, attended: false, credential };
}
