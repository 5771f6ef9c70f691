/** Verifies the Partner JWT of a call, as the provider does, and names what is wrong with it. */
import { type CryptoKey, compactVerify, decodeProtectedHeader, errors } from 'jose';
import type { SandboxRequest } from '../kit/operation.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Algorithm, PublishedKeys } from './published-keys.ts';
import { type ClaimRules, checkClaims } from './token-claims.ts';

const maxTokenLength = 8192;

function refuse(message: string): never {
  throw new Refusal(401, message);
}

function tokenOf(request: SandboxRequest): string {
  const token = request.headers['x-partner-auth'];
  if (typeof token !== 'string' || token === '') return refuse('the header x-partner-auth is missing');
  return token.length <= maxTokenLength ? token : refuse('the header x-partner-auth is too long');
}

function headerOf(token: string): Record<string, unknown> {
  try {
    return { ...decodeProtectedHeader(token) };
  } catch {
    return refuse('x-partner-auth is not a compact JWT');
  }
}

function checkHeader(header: Record<string, unknown>): { algorithm: Algorithm; kid: string } {
  const { alg, typ, kid } = header;
  if (alg !== 'RS256' && alg !== 'ES256') return refuse('alg must be RS256 or ES256');
  if (typ !== 'JWT') return refuse('typ must be "JWT"');
  if ('crit' in header) return refuse('crit is not supported');
  if (typeof kid !== 'string' || kid === '') return refuse('kid is missing');
  return { algorithm: alg, kid };
}

async function verify(token: string, key: CryptoKey, algorithm: Algorithm): Promise<unknown> {
  let payload: Uint8Array;
  try {
    ({ payload } = await compactVerify(token, key, { algorithms: [algorithm] }));
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return refuse('the signature does not verify');
    return refuse(`the JWT cannot be verified: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return refuse('the payload is not JSON');
  }
}

/** The holder's e-mail address from a verified token; throws a Refusal (401). Notes `kid` and `verified` on the call. */
export async function verifyPartnerToken(
  request: SandboxRequest,
  keys: PublishedKeys,
  rules: ClaimRules,
): Promise<string> {
  request.note({ verified: false });
  const token = tokenOf(request);
  const header = headerOf(token);
  request.note({ kid: header['kid'] ?? null });
  const { algorithm, kid } = checkHeader(header);
  const payload = await verify(token, await keys.find(kid, algorithm), algorithm);
  const email = checkClaims(payload, rules);
  request.note({ verified: true });
  return email;
}
