/** The two calls of AIR Kit, each with its Partner JWT. */
import type * as z from 'zod/mini';
import { NoAnswer, type OutboundAnswer, type OutboundRequest, request } from '../../http/outbound.ts';
import { parseRetryAfter } from '../../http/retry-after.ts';
import type { Claims } from '../../issuance/issuance.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { ProviderPorts } from '../definition.ts';
import { type CredentialStatus, credentialStatus, errorOf, type Issued, issued } from './answers.ts';
import type { AirKitAccount } from './settings.ts';

export interface IssueCall {
  email: string;
  credentialId: string;
  claims: Claims;
  onDuplicate: 'revoke' | 'ignore';
}

/** An answer with the time the provider gave it, by the provider's clock minus ours, in milliseconds. */
export interface Answer<Body> {
  body: Body;
  clockOffsetMs: number;
}

export interface AirKitClient {
  issue(call: IssueCall): Promise<Answer<Issued>>;
  /** Undefined when the provider does not know the hash (404). */
  status(coreClaimHash: string, email: string): Promise<Answer<CredentialStatus> | undefined>;
}

/** A client for one partner account. Both calls throw IssuanceError as the provider's error table says. */
export function airKitClient(account: AirKitAccount, ports: ProviderPorts): AirKitClient {
  return {
    async issue({ email, credentialId, claims, onDuplicate }) {
      const json = { issuerDid: account.issuerDid, credentialId, credentialSubject: claims, onDuplicate };
      const url = `${account.baseUrl}/credentials/issue-on-behalf`;
      const answer = await send({ method: 'POST', url, json }, email, account, ports);
      return read('issue', answer, issued, ports);
    },
    async status(coreClaimHash, email) {
      const url = `${account.baseUrl}/credentials/status?coreClaimHash=${encodeURIComponent(coreClaimHash)}`;
      const answer = await send({ method: 'GET', url }, email, account, ports);
      if (answer.status === 404) return undefined;
      const status = read('status', answer, credentialStatus, ports);
      demandAbout(coreClaimHash, status.body.coreClaimHash);
      return status;
    },
  };
}

/** What is said about another credential is no answer: it is asked again. A hash is the same in either case and form. */
function demandAbout(asked: string, answered: string | undefined): void {
  const bare = (hash: string) => hash.toLowerCase().replace(/^0x/, '');
  if (answered === undefined || bare(answered) === bare(asked)) return;
  throw new IssuanceError('provider-answer-unreadable', { detail: 'the status is about another coreClaimHash' });
}

/** Sends with a fresh token, and once more with freshly read keys if the provider does not accept it. */
async function send(
  wanted: OutboundRequest,
  email: string,
  account: AirKitAccount,
  ports: ProviderPorts,
): Promise<OutboundAnswer> {
  const attempt = async () => {
    const { partnerId, scope } = account;
    const token = await ports.partnerTokens.sign({ partnerId, email, scope });
    try {
      const headers = { 'x-partner-auth': token };
      return await request({ ...wanted, headers }, { fetch: ports.fetch, deadlineMs: ports.callDeadlineMs });
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      throw new IssuanceError(cause.sent === 'no' ? 'provider-unreachable' : 'provider-answer-lost', { cause });
    }
  };
  const answer = await attempt();
  if (answer.status !== 401) return answer;
  ports.partnerTokens.refresh();
  return attempt();
}

function read<Schema extends z.ZodMiniType>(
  call: 'issue' | 'status',
  answer: OutboundAnswer,
  schema: Schema,
  ports: ProviderPorts,
): Answer<z.infer<Schema>> {
  const now = ports.now();
  const parsed = schema.safeParse(answer.json);
  if (answer.status !== 200 || !parsed.success) {
    throw errorOf(call, answer.status, parseRetryAfter(answer.headers.get('retry-after'), now));
  }
  const date = Date.parse(answer.headers.get('date') ?? '');
  return { body: parsed.data, clockOffsetMs: Number.isNaN(date) ? 0 : date - now.getTime() };
}
