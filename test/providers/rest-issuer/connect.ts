/** The REST issuer behind the provider port. */
import { IssuanceError, isKind } from '../../../lib/issuance/issuance-error.ts';
import type {
  LostJob,
  Provider,
  ProviderJob,
  Recovery,
  Standing,
  Submission,
  SubmittedJob,
} from '../../../lib/issuance/provider.ts';
import { bySecret, secretMember } from '../../../lib/providers/authentication.ts';
import { type CallKind, callProvider, mustBeAbout, standingOf } from '../../../lib/providers/call.ts';
import type { ProviderPorts } from '../../../lib/providers/definition.ts';
import { accepted, asking, credential, issuing, standings } from './answers.ts';
import type { RestIssuerAccount, RestIssuerCredential } from './settings.ts';

type Send = (kind: CallKind, request: Parameters<typeof callProvider>[1]) => ReturnType<typeof callProvider>;

export function connectRestIssuer(
  { baseUrl }: RestIssuerAccount,
  { type }: RestIssuerCredential,
  ports: ProviderPorts,
): Provider {
  const bearer = bySecret(ports.accountSecret, (secret) => ({
    authorization: `Bearer ${secretMember(secret, 'token')}`,
  }));
  const send: Send = (kind, request) => callProvider(kind, request, bearer, ports);
  const url = `${baseUrl}/credentials`;
  return {
    // The same key is one credential, whichever call comes first.
    askingMayIssue: false,
    submit: (job) => submit(job, type, url, send),
    recover: (job) => recover(job, type, url, send),
    check: (job) => check(job, url, send),
  };
}

async function submit(job: ProviderJob, type: string, url: string, send: Send): Promise<Submission> {
  const { issuanceId, holder, claims, progress } = job;
  // What an operator retries had failed under the key before.
  const key = progress['round'] === undefined ? issuanceId : `${issuanceId}.${progress['round']}`;
  const request = { method: 'POST', url, headers: { 'idempotency-key': key }, json: { type, holder, claims } } as const;
  const { id } = (await send(issuing, request)).read(accepted);
  return { receipt: { id }, knownAs: id };
}

/** The same request again. A refusal of the claims would have met the lost one too; any other says nothing about it. */
async function recover(job: LostJob, type: string, url: string, send: Send): Promise<Recovery> {
  try {
    return { outcome: 'committed', submission: await submit(job, type, url, send) };
  } catch (error) {
    if (!isKind(error, 'permanent') || error.code === 'provider-rejected-claims') throw error;
    throw new IssuanceError('provider-answer-lost', { detail: `${error.detail} when sent again`, cause: error });
  }
}

async function check({ receipt }: SubmittedJob, url: string, send: Send): Promise<Standing> {
  const asked = receipt['id'] ?? '';
  const answer = await send(asking, { method: 'GET', url: `${url}/${encodeURIComponent(asked)}` });
  if (answer.status === 404) return { state: 'missing' };
  const { id, state } = answer.read(credential);
  mustBeAbout(asked, id, 'the answer is about another id');
  return standingOf(state, standings);
}
