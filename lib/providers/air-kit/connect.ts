/** AIR Kit behind the provider port: submit, recover, check. */
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { Provider, ProviderJob, Standing, Submission, SubmittedJob } from '../../issuance/provider.ts';
import { standingOf } from '../call.ts';
import type { ProviderPorts } from '../definition.ts';
import { type AirKitClient, airKitClient } from './client.ts';
import { isOlderThan, submissionOf } from './receipt.ts';
import { recoverLostCall } from './recover.ts';
import type { AirKitAccount, AirKitCredential } from './settings.ts';

/** One credential of one partner account. */
export function connectAirKit(account: AirKitAccount, credential: AirKitCredential, ports: ProviderPorts): Provider {
  const client = airKitClient(account, ports);
  return {
    // The outcome is determined by a POST with `ignore`.
    askingMayIssue: true,
    submit: (job) => submit(job, credential, client),
    recover: (job) => recoverLostCall(job, credential, client, ports.now()),
    check: (job) => check(job, credential, client),
  };
}

async function submit(job: ProviderJob, credential: AirKitCredential, client: AirKitClient): Promise<Submission> {
  try {
    const { body } = await client.issue({ email: job.holder, claims: job.claims, ...credential });
    return submissionOf(body, job.knownReceipts);
  } catch (error) {
    if (!isKind(error, 'permanent') || error.code !== 'holder-refused-consent') throw error;
    if (credential.onDuplicate === 'revoke') throw error;
    // It can also mean that the holder has the credential, and nothing documented distinguishes the two.
    throw new IssuanceError('duplicate-or-refused', { detail: 'HTTP 409', cause: error });
  }
}

async function check(job: SubmittedJob, { onDuplicate }: AirKitCredential, client: AirKitClient): Promise<Standing> {
  const answer = await client.status(job.receipt['coreClaimHash'] ?? '', job.holder);
  if (answer === undefined) return { state: 'missing' };
  const { vcStatus, vcId } = answer.body;
  // No failure value is documented. For revoked credentials, the provider's verification documents `Revoking` and `Revoked`.
  if (/^revok(ing|ed)$/i.test(vcStatus)) return { state: 'revoked' };
  const standing = standingOf(vcStatus, {
    WAIT_ONCHAIN: { state: 'pending' },
    ONCHAIN: { state: 'confirmed', assurance: 'on-chain', ...(vcId !== undefined && { receipt: { vcId } }) },
  });
  // The slot does not know a credential that another party issued, but it is older than the submission.
  const isExisting = standing.state === 'confirmed' && onDuplicate === 'ignore' && isOlderThan(job.begunAt, answer);
  return isExisting ? { ...standing, existing: true } : standing;
}
