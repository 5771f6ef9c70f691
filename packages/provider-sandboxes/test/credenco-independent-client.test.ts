/** A client that shares no code with the issuer of the Credenco sandbox claims an ordinary, attended offer from it. */
import { digest, ES256 } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { OpenID4VCIClientV1_0_15 } from '@sphereon/oid4vci-client';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import { call, companyClaims, mint, startSandbox, status } from './credenco-backend.ts';
import { type Holder, newHolder } from './credenco-raw-client.ts';

let sandbox: CredencoSandbox;
let holder: Holder;

beforeAll(async () => {
  // The client warns that there is no authorization endpoint, which pre-authorized offers do without.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  sandbox = await startSandbox();
  holder = await newHolder();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await sandbox.close();
});

interface CredentialResponse {
  readonly credentials?: readonly { readonly credential: string }[];
}

/** From the request_uri that a holder scans or clicks to the compact credential; `changes` spoil the proof. */
async function claim(requestUri: string, changes: JWTPayload = {}): Promise<string> {
  const client = await OpenID4VCIClientV1_0_15.fromURI({ uri: requestUri, alg: 'ES256', resolveOfferUri: true });
  await client.acquireAccessToken();
  const response = await client.acquireCredentials({
    credentialConfigurationId: 'ebw_oid',
    format: 'dc+sd-jwt',
    alg: 'ES256',
    jwk: holder.jwk as NonNullable<Parameters<typeof client.acquireCredentials>[0]['jwk']>,
    proofCallbacks: {
      signCallback: async ({ header, payload }) =>
        await new SignJWT({ ...(payload as JWTPayload), ...changes })
          .setProtectedHeader(header as JWTHeaderParameters)
          .sign(holder.privateKey),
    },
  });
  return (response as CredentialResponse).credentials?.[0]?.credential ?? '';
}

test('claims the offer, and the credential verifies against the published DID document', async () => {
  const minted = await mint(sandbox, 'independent');
  const sdJwt = await claim(String(minted.json['request_uri']));
  const document = await call(sandbox, 'GET', '/issuer/credenco/did.json', { headers: {} });
  const [method] = document.json['verificationMethod'] as { publicKeyJwk: object }[];
  const verifier = await ES256.getVerifier(method?.publicKeyJwk ?? {});
  const { payload } = await new SDJwtVcInstance({ hasher: digest, verifier }).verify(sdJwt);
  expect(payload).toMatchObject({ iss: document.json['id'], vct: 'urn:test:ebw_oid', ...companyClaims });
  expect(payload.cnf).toEqual({ jwk: holder.jwk });
  expect((await status(sandbox, 'independent')).json['status']).toBe('issue_completed');
});

test('is turned away on a second attempt, and with a proof for another issuer', async () => {
  const requestUri = String((await mint(sandbox, 'used')).json['request_uri']);
  await claim(requestUri);
  await expect(claim(requestUri)).rejects.toThrow('oidc/token');
  const fresh = String((await mint(sandbox, 'wrong-audience')).json['request_uri']);
  await expect(claim(fresh, { aud: 'https://other.example' })).rejects.toThrow('oidc/credential');
  expect((await status(sandbox, 'wrong-audience')).json['status']).toBe('issue_request_created');
});
