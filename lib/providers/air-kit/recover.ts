/**
 * Determines the outcome of a lost call to AIR Kit, which has no idempotency key. Repeating it with `revoke` could revoke
 * the credential that the lost call issued, so the request uses `ignore`: the provider returns the credential that the
 * holder has, or issues the missing credential.
 */
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { LostJob, Recovery, Submission } from '../../issuance/provider.ts';
import { type CredentialStatus, parseIssuanceDate } from './answers.ts';
import type { AirKitClient, Answer } from './client.ts';
import { roundingMs, submissionOf } from './receipt.ts';
import type { AirKitCredential } from './settings.ts';

/** Two clocks, each wrong by five minutes, differ by this much: another container may have dated the lost attempt. */
const clocksApartMs = 10 * 60_000;

/** Throws `outcome-unknown` if the outcome cannot be determined, and errors of kind `retry-later` or `unknown-outcome` if not yet. */
export async function recoverLostCall(
  job: LostJob,
  credential: AirKitCredential,
  client: AirKitClient,
  now: Date,
): Promise<Recovery> {
  const submission = await ask(job, credential, client);
  // If the program's own setting is `ignore`, any credential of the holder is the requested result.
  if (credential.onDuplicate === 'ignore') return { outcome: 'committed', submission };
  if (job.knownReceipts.includes(submission.knownAs)) return { outcome: 'not-committed' };
  const status = await lookUp(submission.knownAs, job.holder, client);
  const issuedAt = parseIssuanceDate(status.body.issuanceDate);
  if (issuedAt === undefined || issuedAt > now.getTime() + status.clockOffsetMs + clocksApartMs) {
    throw new IssuanceError('outcome-unknown', { detail: 'the provider gives no usable date of issuance' });
  }
  const lostSince = job.lostSince.getTime() + status.clockOffsetMs;
  if (issuedAt >= lostSince - roundingMs) return { outcome: 'committed', submission };
  if (issuedAt < lostSince - roundingMs - clocksApartMs) return { outcome: 'not-committed' };
  throw new IssuanceError('outcome-unknown', { detail: 'the holder has a credential hardly older than the lost call' });
}

/** The current credential of the holder. An answer without it does not prove that the lost call did nothing. */
async function ask(job: LostJob, credential: AirKitCredential, client: AirKitClient): Promise<Submission> {
  const { credentialId } = credential;
  try {
    const { body } = await client.issue({ email: job.holder, claims: job.claims, credentialId, onDuplicate: 'ignore' });
    return submissionOf(body, job.knownReceipts);
  } catch (error) {
    if (!isKind(error, 'permanent') || error.code === 'provider-rejected-claims') throw error;
    const detail = `${error.detail ?? error.code} when asked`;
    // A holder's refusal is final; a broken account can be fixed, and then the request can be repeated.
    const code = error.code === 'holder-refused-consent' ? 'outcome-unknown' : 'provider-answer-lost';
    throw new IssuanceError(code, { detail, cause: error });
  }
}

/** The status of the credential. A failed request says nothing about the lost call. */
async function lookUp(coreClaimHash: string, holder: string, client: AirKitClient): Promise<Answer<CredentialStatus>> {
  const detail = 'its credential cannot be looked up yet';
  try {
    const status = await client.status(coreClaimHash, holder);
    if (status !== undefined) return status;
  } catch (cause) {
    if (isKind(cause, 'permanent')) throw new IssuanceError('provider-answer-lost', { detail, cause });
    throw cause;
  }
  throw new IssuanceError('provider-answer-lost', { detail });
}
