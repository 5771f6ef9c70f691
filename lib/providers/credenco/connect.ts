/** Credenco behind the provider port: trust, mint, push; find out; check. */
import type { Receipt } from '../../issuance/issuance.ts';
import type { Provider, Standing, Submission, SubmittedJob } from '../../issuance/provider.ts';
import type { ProviderPorts } from '../definition.ts';
import type { ExchangeStatus } from './answers.ts';
import { type CredencoClient, credencoClient } from './client.ts';
import type { KeptOffer } from './kept-offer.ts';
import { offerFor } from './offers.ts';
import { claimedOffer } from './recover.ts';
import type { CredencoAccount, CredencoCredential } from './settings.ts';

/** One credential template of one account. */
export function connectCredenco(
  account: CredencoAccount,
  credential: CredencoCredential,
  ports: ProviderPorts,
): Provider {
  const client = credencoClient(account, ports);
  const issuing = { account, credential, client, now: ports.now };
  return {
    askingMayIssue: false,
    async submit(job) {
      const { offer, claimed } = await offerFor(job, issuing);
      if (!claimed) await client.push(job.holder, offer.offerUri);
      return submissionOf(offer);
    },
    async recover(job) {
      const offer = await claimedOffer(job, client, ports.now());
      if (offer === undefined) return { outcome: 'not-committed' };
      return { outcome: 'committed', submission: submissionOf(offer) };
    },
    check: (job) => check(job, client),
  };
}

function submissionOf({ correlationId, statusUri, trust }: KeptOffer): Submission {
  const receipt: Receipt = { correlationId, trust, ...(statusUri !== undefined && { statusUri }) };
  return { receipt, knownAs: correlationId };
}

async function check(job: SubmittedJob, client: CredencoClient): Promise<Standing> {
  const status = await client.status(job.receipt['correlationId'] ?? job.issuanceId, job.receipt['statusUri']);
  return status === undefined ? { state: 'missing' } : standingOf(status, job.receipt);
}

/**
 * `issue_completed` says that the exchange is over, not that the wallet kept what it got: it discards silently what
 * comes from an issuer it does not trust.
 */
function standingOf({ status, revocation_uuid }: ExchangeStatus, receipt: Receipt): Standing {
  switch (status) {
    case 'issue_request_created':
      return { state: 'pending' };
    case 'issue_completed':
      return {
        state: 'confirmed',
        assurance: receipt['trust'] === 'verified' ? 'trust-verified' : 'provider-reported',
        ...(revocation_uuid && { receipt: { revocationUuid: revocation_uuid } }),
      };
    case 'error':
      return { state: 'failed', reason: { code: 'credential-exchange-failed' } };
    default:
      return { state: 'unrecognized' };
  }
}
