/** Credenco behind the provider port: submit (terms, mint, push), recover, check. */
import type { Provider, ProviderJob, Standing, Submission, SubmittedJob } from '../../issuance/provider.ts';
import { standingOf } from '../call.ts';
import type { ProviderPorts } from '../definition.ts';
import type { ExchangeStatus } from './answers.ts';
import { type CredencoClient, credencoClient } from './client.ts';
import type { Issuing } from './issuing.ts';
import { offerFor } from './offers.ts';
import { push, pushAgain } from './push.ts';
import { recover } from './recover.ts';
import { revocationsIn, withRevocation } from './revocations.ts';
import type { CredencoAccount, CredencoCredential } from './settings.ts';
import { submissionOf } from './submission.ts';

/** One credential template of one account. */
export function connectCredenco(
  account: CredencoAccount,
  credential: CredencoCredential,
  ports: ProviderPorts,
): Provider {
  const client = credencoClient(account, ports);
  const issuing = { account, credential, client, now: ports.now };
  return {
    // Recovery may push the same offer once more. An offer can be used once, so a late push is harmless.
    askingMayIssue: false,
    submit: (job) => submit(job, issuing),
    recover: (job) => recover(job, issuing),
    check: (job) => check(job, client),
  };
}

async function submit(job: ProviderJob, issuing: Issuing): Promise<Submission> {
  const { offer, progress, state } = await offerFor(job, issuing);
  if (state === 'kept') return submissionOf(await pushAgain(job, offer, progress, issuing), progress);
  if (state === 'new') await push(job, offer, issuing);
  return submissionOf(offer, progress);
}

async function check(job: SubmittedJob, client: CredencoClient): Promise<Standing> {
  const { receipt, issuanceId } = job;
  const status = await client.status(receipt['correlationId'] ?? issuanceId, receipt['statusUri']);
  if (status === undefined) return { state: 'missing' };
  const learned = withRevocation(receipt, status.revocation_uuid);
  return { ...exchangeStanding(status, job), ...(learned !== undefined && { receipt: revocationsIn(learned) }) };
}

/**
 * `issue_completed` says that the exchange is complete, not that the wallet kept the credential: it silently
 * discards credentials of an issuer that it does not trust.
 */
function exchangeStanding({ status }: ExchangeStatus, { receipt, offered }: SubmittedJob): Standing {
  const assurance = receipt['trust'] === 'verified' ? 'trust-verified' : 'provider-reported';
  return standingOf(status, {
    issue_request_created: { state: 'pending', ...(offered === 'inbox' && { overdue: 'waits-in-inbox' }) },
    issue_completed: { state: 'confirmed', assurance },
    error: { state: 'failed', reason: { code: 'credential-exchange-failed' } },
  });
}
