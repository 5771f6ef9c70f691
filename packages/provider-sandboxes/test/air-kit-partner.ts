/** A partner for the tests of the AIR Kit sandbox: its keys, the JWKS it publishes over HTTP and the JWTs it signs. */
import { createServer, type Server } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import {
  type AirKitSandbox,
  type AirKitSandboxOptions,
  startAirKitSandbox,
} from '../src/air-kit/start-air-kit-sandbox.ts';

export const partnerId = '7d6f4a52-6b0e-4d3c-9a51-0c2c4f3f8b11';
export const issuerDid = 'did:air:id:test:issuer-one';
export const otherIssuerDid = 'did:air:id:test:issuer-two';
export const kycClaims = { kycVerified: true, kycLevel: 'basic', score: 7, address: { city: 'Delft' } };

const kycSchema = {
  type: 'object',
  properties: {
    kycVerified: { type: 'boolean' },
    kycLevel: { type: 'string' },
    score: { type: 'integer' },
    address: { type: 'object', properties: { city: { type: 'string' } } },
    open: { type: 'object' },
  },
  required: ['kycVerified', 'kycLevel'],
};

/** What a test changes about a JWT; a claim or header member that is undefined is left out. */
export interface TokenChanges {
  readonly key?: CryptoKey;
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  /** Time claims in seconds from now. */
  readonly times?: Record<string, number>;
}

/** The partner with its HTTP server for the JWKS. */
export interface TestPartner {
  readonly jwksUrl: string;
  readonly rsa: { readonly privateKey: CryptoKey; readonly jwk: JWK };
  readonly ec: { readonly privateKey: CryptoKey; readonly jwk: JWK };
  /** What the JWKS URL answers from now on; a string goes out as it is. */
  publish(body: unknown, status?: number): void;
  fetches(): number;
  token(changes?: TokenChanges): Promise<string>;
  close(): Promise<void>;
}

async function newKey(alg: 'RS256' | 'ES256', kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Starts a partner whose JWKS holds one RSA and one EC key. */
export async function startPartner(): Promise<TestPartner> {
  const [rsa, ec] = await Promise.all([newKey('RS256', 'rsa-1'), newKey('ES256', 'ec-1')]);
  let published = { status: 200, text: JSON.stringify({ keys: [rsa.jwk, ec.jwk] }) };
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    response.writeHead(published.status, { 'content-type': 'application/json' }).end(published.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    jwksUrl: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    rsa,
    ec,
    publish: (body, status = 200) => {
      published = { status, text: typeof body === 'string' ? body : JSON.stringify(body) };
    },
    fetches: () => fetches,
    token: ({ key = rsa.privateKey, header = {}, claims = {}, times = {} } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const timeClaims = Object.entries({ iat: 0, exp: 300, ...times }).map(([name, offset]) => [name, now + offset]);
      const base = { partnerId, email: 'ada@example.com', scope: 'issue on-behalf' };
      const payload = { ...base, ...Object.fromEntries(timeClaims), ...claims };
      const protectedHeader = defined({ alg: 'RS256', kid: 'rsa-1', typ: 'JWT', ...header });
      return new SignJWT(defined(payload)).setProtectedHeader({ alg: 'RS256', ...protectedHeader }).sign(key);
    },
    close: () => closeServer(server),
  };
}

/** Starts a sandbox that knows this partner and three programs; the JWKS is fetched again on each call. */
export function startSandbox(jwksUrl: string, changes: Partial<AirKitSandboxOptions> = {}): Promise<AirKitSandbox> {
  return startAirKitSandbox({
    partner: { partnerId, jwksUrl, issueOnBehalfAllowed: true },
    programs: [
      { credentialId: 'kyc', issuerDid, schema: kycSchema, validDays: 30 },
      { credentialId: 'draft', issuerDid, schema: kycSchema, published: false },
      { credentialId: 'foreign', issuerDid: otherIssuerDid, schema: kycSchema },
    ],
    switches: { jwksCacheMs: 0 },
    ...changes,
  });
}

/** An answer; `message` is the error's. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
  readonly message: string;
}

async function answerOf(response: Response): Promise<Answer> {
  const json = (await response.json()) as Record<string, unknown>;
  const { message } = json;
  return {
    status: response.status,
    headers: response.headers,
    json,
    message: typeof message === 'string' ? message : '',
  };
}

/** A body that the sandbox accepts, with changes. */
export function issueBody(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ issuerDid, credentialId: 'kyc', credentialSubject: kycClaims, ...changes });
}

/** Calls issue-on-behalf. */
export async function issue(
  sandbox: AirKitSandbox,
  token: string,
  body: string = issueBody(),
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Answer> {
  const url = `${sandbox.url}/credentials/issue-on-behalf`;
  return answerOf(
    await fetch(url, { method: 'POST', redirect: 'manual', headers: { 'x-partner-auth': token, ...headers }, body }),
  );
}

/** Asks for the status of a hash. */
export async function status(sandbox: AirKitSandbox, token: string, coreClaimHash: unknown): Promise<Answer> {
  const url = `${sandbox.url}/credentials/status?coreClaimHash=${String(coreClaimHash)}`;
  return answerOf(await fetch(url, { headers: { 'x-partner-auth': token } }));
}

/** Calls a control path; `body` makes it a PUT unless `method` says otherwise. */
export async function control(sandbox: AirKitSandbox, path: string, body?: unknown, method?: string): Promise<Answer> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const url = `${sandbox.origin}/_sandbox/${path}`;
  return answerOf(await fetch(url, { method: method ?? (body === undefined ? 'GET' : 'PUT'), ...init }));
}
