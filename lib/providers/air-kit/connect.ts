/** AIR Kit behind the provider port: hand over, recover, check. */
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Provider, ProviderJob, Standing, Submission, SubmittedJob } from '../../issuance/provider.ts';
import type { ProviderPorts } from '../definition.ts';
import type { CredentialStatus } from './answers.ts';
import { type AirKitClient, airKitClient } from './client.ts';
import { existing, submissionOf } from './receipt.ts';
import { recoverLostCall } from './recover.ts';
import type { AirKitAccount, AirKitCredential } from './settings.ts';

/** One credential of one partner account. */
export function connectAirKit(account: AirKitAccount, credential: AirKitCredential, ports: ProviderPorts): Provider {
  const client = airKitClient(account, ports);
  return {
    // The question is a POST with `ignore`.
    askingMayIssue: true,
    submit: (job) => submit(job, credential, client),
    recover: (job) => recoverLostCall(job, credential, client, ports.now()),
    check: (job) => check(job, client),
  };
}

async function submit(job: ProviderJob, credential: AirKitCredential, client: AirKitClient): Promise<Submission> {
  try {
    const { body } = await client.issue({ email: job.holder, claims: job.claims, ...credential });
    return submissionOf(body);
  } catch (error) {
    if (!(error instanceof IssuanceError) || error.code !== 'holder-refused-consent') throw error;
    if (credential.onDuplicate === 'revoke') throw error;
    return existing(job.knownReceipts);
  }
}

async function check(job: SubmittedJob, client: AirKitClient): Promise<Standing> {
  const answer = await client.status(job.receipt['coreClaimHash'] ?? '', job.holder);
  return answer === undefined ? { state: 'missing' } : standingOf(answer.body);
}

/** No failure value is documented: one we do not know is neither an end nor a success. */
function standingOf({ vcStatus, vcId }: CredentialStatus): Standing {
  if (vcStatus === 'WAIT_ONCHAIN') return { state: 'pending' };
  if (vcStatus !== 'ONCHAIN') return { state: 'unrecognized' };
  return { state: 'confirmed', assurance: 'on-chain', ...(vcId !== undefined && { receipt: { vcId } }) };
}
