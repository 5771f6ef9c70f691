/** Credenco behind the provider port: trust, mint, push; find out; check. */

import type { Receipt } from '../../issuance/issuance.ts';
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type {
  LostJob,
  Provider,
  ProviderJob,
  Recovery,
  Standing,
  Submission,
  SubmittedJob,
} from '../../issuance/provider.ts';
import type { ProviderPorts } from '../definition.ts';
import type { ExchangeStatus } from './answers.ts';
import { type CredencoClient, credencoClient } from './client.ts';
import { type KeptOffer, keptOffer, progressOf } from './kept-offer.ts';
import type { CredencoAccount, CredencoCredential } from './settings.ts';

/** One credential template of one account. */
export function connectCredenco(
  account: CredencoAccount,
  credential: CredencoCredential,
  ports: ProviderPorts,
): Provider {
  const client = credencoClient(account, ports);
  return {
    async submit(job) {
      if (credential.trust === 'register') await establishTrust(job, account, client);
      const offer = keptOffer(job.progress, ports.now()) ?? (await mint(job, credential, client, ports.now()));
      await client.push(job.holder, offer.offerUri);
      return submissionOf(offer, credential);
    },
    recover: (job) => recover(job, credential, client, ports.now()),
    check: (job) => check(job, client),
  };
}

/** Correlation ids that may be taken by offers we know nothing of. */
const mostBlocked = 5;
/** An unattended exchange takes seconds; pushing its offer a second time in the middle of it could spoil it. */
const exchangeMs = 10_000;

/** Before the first issue into a wallet. It may be repeated, so trouble with it never leaves an unknown outcome. */
async function establishTrust(job: ProviderJob, { issuer }: CredencoAccount, client: CredencoClient): Promise<void> {
  const fact = `trusted-contact ${issuer.did}`;
  if (await job.facts.known(fact)) return;
  try {
    await client.addTrustedContact(job.holder);
  } catch (error) {
    if (!isKind(error, 'unknown-outcome')) throw error;
    throw new IssuanceError('provider-unavailable', { cause: error, detail: 'no answer to the contact' });
  }
  await job.facts.remember(fact);
}

/** The offer is kept before anything is done with it: a crash from here on resumes with the same one. */
async function mint(
  job: ProviderJob,
  { templateId }: CredencoCredential,
  client: CredencoClient,
  now: Date,
): Promise<KeptOffer> {
  // An offer that was kept but is too old blocks its id, or would only be given again.
  const first = roundOf(job) + (keptOffer(job.progress) === undefined ? 0 : 1);
  for (let next = first; next < first + mostBlocked; next += 1) {
    // So does an offer whose answer was lost, at a provider that makes no second offer under one id.
    const correlationId = next === 0 ? job.issuanceId : `${job.issuanceId}.${next}`;
    const minted = await client.mint(correlationId, templateId, job.claims);
    if (minted === undefined) continue;
    const offer = { ...minted, correlationId, mintedAt: now.toISOString() };
    await job.keep(progressOf(offer, next));
    return offer;
  }
  throw new IssuanceError('provider-refused-request', { detail: 'HTTP 409 to the mint' });
}

/** The status tells what became of a lost mint or push; asking changes nothing. */
async function recover(
  job: LostJob,
  credential: CredencoCredential,
  client: CredencoClient,
  now: Date,
): Promise<Recovery> {
  const offer = keptOffer(job.progress);
  const status = await client
    .status(offer?.correlationId ?? job.issuanceId, offer?.statusUri)
    .catch((error: unknown) => {
      if (!isKind(error, 'permanent')) throw error;
      throw new IssuanceError('outcome-unknown', { detail: error.detail ?? error.code, cause: error });
    });
  if (offer !== undefined && status?.status === 'issue_completed') {
    return { outcome: 'committed', submission: submissionOf(offer, credential) };
  }
  // A spent or failed offer is of no more use; the next one gets an id of its own.
  if (status?.status === 'error') await job.keep({ round: String(roundOf(job) + 1) });
  else if (offer !== undefined && now.getTime() - job.lostSince.getTime() < exchangeMs) {
    throw new IssuanceError('provider-answer-lost', { detail: 'the wallet may be claiming the offer' });
  }
  // The wallet has not claimed the offer: the same one is pushed (again), or one is minted if none is known.
  return { outcome: 'not-committed' };
}

/** Counts the offers whose correlation id is used up. */
function roundOf({ progress }: ProviderJob): number {
  return Number(progress['round'] ?? 0);
}

function submissionOf(offer: KeptOffer, { trust }: CredencoCredential): Submission {
  const { correlationId, statusUri } = offer;
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
    case 'issue_completed': {
      const assurance = receipt['trust'] === 'register' ? 'trust-verified' : 'provider-reported';
      return {
        state: 'confirmed',
        assurance,
        ...(revocation_uuid && { receipt: { revocationUuid: revocation_uuid } }),
      };
    }
    case 'error':
      return { state: 'failed', reason: { code: 'credential-exchange-failed' } };
    default:
      return { state: 'unrecognized' };
  }
}
