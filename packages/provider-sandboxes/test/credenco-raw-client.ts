/** An OpenID4VCI 1.0 client by hand, for the tests of the Credenco sandbox: every message written out, every step apart. */
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { CredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import { type Answer, call, mint, offerUriOf } from './credenco-backend.ts';

export const preAuthorizedCodeGrant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

/** A holder's key pair. */
export interface Holder {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** Makes a holder. */
export async function newHolder(): Promise<Holder> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, jwk: await exportJWK(publicKey) };
}

/** Mints an offer and returns its pre-authorized code. */
export async function codeOf(sandbox: CredencoSandbox, correlationId: string): Promise<string> {
  const uri = offerUriOf(await mint(sandbox, correlationId));
  const { json } = await call(sandbox, 'GET', uri, { headers: {} });
  const grants = json['grants'] as Record<string, Record<string, string>>;
  return grants[preAuthorizedCodeGrant]?.['pre-authorized_code'] ?? '';
}

/** Sends a form to the token endpoint. */
export function token(sandbox: CredencoSandbox, form: Record<string, string>): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return call(sandbox, 'POST', '/api/oidc/token', { headers, body: new URLSearchParams(form).toString() });
}

/** Trades a code for an access token. */
export async function accessToken(sandbox: CredencoSandbox, code: string): Promise<string> {
  const { json } = await token(sandbox, { grant_type: preAuthorizedCodeGrant, 'pre-authorized_code': code });
  return String(json['access_token']);
}

/** Asks for a nonce. */
export async function nonce(sandbox: CredencoSandbox): Promise<string> {
  const { json } = await call(sandbox, 'POST', '/api/oidc/nonce', { headers: {} });
  return String(json['c_nonce']);
}

/** Signs a proof of possession; `changes` to the payload or header that are undefined take a member away. */
export function proof(
  sandbox: CredencoSandbox,
  holder: Holder,
  changes: { payload?: Record<string, unknown>; header?: Record<string, unknown>; key?: CryptoKey } = {},
): Promise<string> {
  const payload = { aud: sandbox.origin, iat: Math.floor(Date.now() / 1000), ...changes.payload };
  const header = { alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk: holder.jwk, ...changes.header };
  return new SignJWT(payload).setProtectedHeader(header).sign(changes.key ?? holder.privateKey);
}

/** Sends a credential request with one proof; `changes` replace members of its body. */
export function credential(
  sandbox: CredencoSandbox,
  bearer: string,
  jwt: string,
  changes: Record<string, unknown> = {},
): Promise<Answer> {
  const body = { credential_configuration_id: 'ebw_oid', proofs: { jwt: [jwt] }, ...changes };
  return call(sandbox, 'POST', '/api/oidc/credential', { headers: { authorization: `Bearer ${bearer}` }, body });
}

/** The compact credential of an answer. */
export function credentialOf({ json }: Answer): string {
  const [first] = (json['credentials'] ?? []) as { credential: string }[];
  return first?.credential ?? '';
}
