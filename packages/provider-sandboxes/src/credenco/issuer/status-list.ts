/** The token status list of each template (draft-ietf-oauth-status-list): one bit per credential, set once revoked. */
import { deflateSync } from 'node:zlib';
import { SignJWT } from 'jose';
import type { Operation } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { ProviderState } from '../provider-state.ts';
import { issuerDid, issuerKeyId } from './issuer-did.ts';

/** Minimum length in bits, so that the list does not reveal the number of credentials. */
const minimumBits = 1024;

/** The address of the template's list. */
export function statusListUri(origin: string, templateId: string): string {
  return `${origin}/api/status-lists/${templateId}`;
}

/** The bits, least significant first in each byte, compressed and in base64url. */
function encodedList(state: ProviderState, templateId: string): string {
  const { offers } = state.ledger;
  const bytes = new Uint8Array(Math.ceil(Math.max(minimumBits, offers.statusEntries(templateId)) / 8));
  for (const { revocation, revokedAt, templateId: owner } of offers.all()) {
    if (owner !== templateId || revocation === null || revokedAt === null) continue;
    const at = revocation.index >> 3;
    bytes[at] = (bytes[at] ?? 0) | (1 << (revocation.index & 7));
  }
  return deflateSync(bytes, { level: 9 }).toString('base64url');
}

/** `GET /api/status-lists/{templateId}`: the list as a JWT signed by the template's issuer. */
export function statusListOperation(state: ProviderState): Operation {
  return {
    name: 'status-list',
    method: 'GET',
    path: '/api/status-lists/:templateId',
    handle: async ({ params }) => {
      const templateId = params['templateId'] ?? '';
      const template = state.templates.get(templateId);
      if (template?.statusList !== true) throw new Refusal(404, 'no such status list');
      const origin = state.origin();
      const claims = { ttl: 60, status_list: { bits: 1, lst: encodedList(state, templateId) } };
      const text = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'statuslist+jwt', kid: issuerKeyId(origin, template.issuer) })
        .setIssuer(issuerDid(origin, template.issuer))
        .setSubject(statusListUri(origin, templateId))
        .setIssuedAt(Math.floor(state.now() / 1000))
        .sign(state.ledger.key(`issuer:${template.issuer}`).privateKey);
      return { status: 200, text, headers: { 'content-type': 'application/statuslist+jwt' } };
    },
  };
}
