/** What a wallet does with a credential once it has it: keep it, or drop it without telling anyone. */
import type { Outcome, TrustedContact, VerifiedCredential } from '../books/changes.ts';

/** Nobody attended: keeps only what comes from a trusted contact that may issue directly. */
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
