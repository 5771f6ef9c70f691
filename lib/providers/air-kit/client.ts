/** The two calls of AIR Kit, each with its Partner JWT. */
import type { Claims } from '../../issuance/issuance.ts';
import type { Authentication } from '../authentication.ts';
import { callProvider, mustBeAbout, type ProviderAnswer } from '../call.ts';
import type { ProviderPorts } from '../definition.ts';
import { asking, type CredentialStatus, credentialStatus, type Issued, issued, issuing } from './answers.ts';
import type { AirKitAccount } from './settings.ts';

export interface IssueCall {
  email: string;
  credentialId: string;
  claims: Claims;
  onDuplicate: 'revoke' | 'ignore';
}

/** An answer with the offset of the provider's clock from ours, in milliseconds. */
export interface Answer<Body> {
  body: Body;
  clockOffsetMs: number;
}

export interface AirKitClient {
  issue(call: IssueCall): Promise<Answer<Issued>>;
  /** Undefined if the provider does not know the hash (404). */
  status(coreClaimHash: string, email: string): Promise<Answer<CredentialStatus> | undefined>;
}

/** A client for one partner account. Both calls throw IssuanceError according to the provider's error table. */
export function airKitClient(account: AirKitAccount, ports: ProviderPorts): AirKitClient {
  return {
    async issue({ email, credentialId, claims, onDuplicate }) {
      const json = { issuerDid: account.issuerDid, credentialId, credentialSubject: claims, onDuplicate };
      const url = `${account.baseUrl}/credentials/issue-on-behalf`;
      const answer = await callProvider(issuing, { method: 'POST', url, json }, signed(email, account, ports), ports);
      return { body: answer.read(issued), clockOffsetMs: clockOffset(answer) };
    },
    async status(coreClaimHash, email) {
      const url = `${account.baseUrl}/credentials/status?coreClaimHash=${encodeURIComponent(coreClaimHash)}`;
      const answer = await callProvider(asking, { method: 'GET', url }, signed(email, account, ports), ports);
      if (answer.status === 404) return undefined;
      const body = answer.read(credentialStatus);
      const about = body.coreClaimHash === undefined ? undefined : bare(body.coreClaimHash);
      mustBeAbout(bare(coreClaimHash), about, 'the status is about another coreClaimHash');
      return { body, clockOffsetMs: clockOffset(answer) };
    },
  };
}

/** A token for each call; after a refusal the keys are read again. */
function signed(email: string, { partnerId, scope }: AirKitAccount, { partnerTokens }: ProviderPorts): Authentication {
  return {
    async headers(refused) {
      if (refused !== undefined) partnerTokens.refresh();
      return { 'x-partner-auth': await partnerTokens.sign({ partnerId, email, scope }) };
    },
  };
}

/** The hash in lower case, without `0x`. */
function bare(hash: string): string {
  return hash.toLowerCase().replace(/^0x/, '');
}

function clockOffset({ headers, receivedAt }: ProviderAnswer): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? 0 : date - receivedAt.getTime();
}
