/** The issuer of the Credenco sandbox against messages checked by hand with the text of OpenID4VCI 1.0. */
import { compactVerify, decodeJwt, importJWK, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CredencoSandbox, startCredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import { call, mint, offerUriOf, startSandbox, status } from './credenco-backend.ts';
import {
  accessToken,
  codeOf,
  credential,
  credentialOf,
  type Holder,
  newHolder,
  nonce,
  preAuthorizedCodeGrant,
  proof,
  token,
} from './credenco-raw-client.ts';

let sandbox: CredencoSandbox;
let holder: Holder;
let ahead = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: () => Date.now() + ahead });
  holder = await newHolder();
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.switchboard.reset();
  ahead = 0;
});

async function ready(correlationId: string) {
  const bearer = await accessToken(sandbox, await codeOf(sandbox, correlationId));
  return { bearer, jwt: await proof(sandbox, holder, { payload: { nonce: await nonce(sandbox) } }) };
}

describe('metadata', () => {
  test('the credential issuer', async () => {
    const { json, headers } = await call(sandbox, 'GET', '/.well-known/openid-credential-issuer', { headers: {} });
    expect(headers.get('content-type')).toContain('application/json');
    expect(json).toMatchObject({
      credential_issuer: sandbox.origin,
      credential_endpoint: `${sandbox.origin}/api/oidc/credential`,
      nonce_endpoint: `${sandbox.origin}/api/oidc/nonce`,
      credential_configurations_supported: {
        ebw_oid: {
          format: 'dc+sd-jwt',
          vct: 'urn:test:ebw_oid',
          cryptographic_binding_methods_supported: ['jwk'],
          proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
          credential_metadata: { display: [{ name: 'Company' }] },
        },
      },
    });
  });

  test('the authorization server and the DID document', async () => {
    const { json } = await call(sandbox, 'GET', '/.well-known/oauth-authorization-server', { headers: {} });
    expect(json).toMatchObject({
      issuer: sandbox.origin,
      token_endpoint: `${sandbox.origin}/api/oidc/token`,
      grant_types_supported: [preAuthorizedCodeGrant],
      'pre-authorized_grant_anonymous_access_supported': true,
    });
    const did = await call(sandbox, 'GET', '/issuer/other/did.json', { headers: {} });
    expect(JSON.stringify(did.json)).not.toContain('"d":');
    expect((await call(sandbox, 'GET', '/issuer/nobody/did.json', { headers: {} })).status).toBe(404);
  });
});

describe('the offer', () => {
  test('has issuer, configuration and code, and can be read again until it expires', async () => {
    const uri = offerUriOf(await mint(sandbox, 'offer'));
    const first = await call(sandbox, 'GET', uri, { headers: {} });
    expect(first.json).toEqual({
      credential_issuer: sandbox.origin,
      credential_configuration_ids: ['ebw_oid'],
      grants: { [preAuthorizedCodeGrant]: { 'pre-authorized_code': expect.stringMatching(/^[\w-]{43}$/) } },
    });
    expect((await call(sandbox, 'GET', uri, { headers: {} })).json).toEqual(first.json);
    ahead = 600_000;
    expect((await call(sandbox, 'GET', uri, { headers: {} })).status).toBe(410);
    expect((await call(sandbox, 'GET', `${uri}x`, { headers: {} })).status).toBe(404);
  });
});

describe('the token endpoint', () => {
  test('takes a code once', async () => {
    const form = { grant_type: preAuthorizedCodeGrant, 'pre-authorized_code': await codeOf(sandbox, 'once') };
    const [one, two] = await Promise.all([token(sandbox, form), token(sandbox, form)]);
    const statuses = [one.status, two.status].sort();
    expect(statuses).toEqual([200, 400]);
    const good = one.status === 200 ? one : two;
    expect(good.json).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
    expect(good.headers.get('cache-control')).toBe('no-store');
    expect((await token(sandbox, form)).json['error']).toBe('invalid_grant');
  });

  test('takes no expired code, and then the issuance ends in error', async () => {
    const code = await codeOf(sandbox, 'expired');
    ahead = 600_000;
    const { status: code400, json } = await token(sandbox, {
      grant_type: preAuthorizedCodeGrant,
      'pre-authorized_code': code,
    });
    expect([code400, json['error']]).toEqual([400, 'invalid_grant']);
    expect((await status(sandbox, 'expired')).json['status']).toBe('error');
  });

  test.each([
    ['an unknown code', { grant_type: preAuthorizedCodeGrant, 'pre-authorized_code': 'x' }, 'invalid_grant'],
    ['no code', { grant_type: preAuthorizedCodeGrant }, 'invalid_request'],
    ['another grant', { grant_type: 'authorization_code', code: 'x' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_name, form, error) => {
    const answer = await token(sandbox, form as Record<string, string>);
    expect([answer.status, answer.json['error']]).toEqual([400, error]);
  });
});

describe('the credential endpoint', () => {
  test("issues an SD-JWT VC bound to the proof's key, once", async () => {
    const { bearer, jwt } = await ready('by-hand');
    const answer = await credential(sandbox, bearer, jwt);
    expect(answer.status).toBe(200);
    const [signed = ''] = credentialOf(answer).split('~');
    const did = `did:web:127.0.0.1%3A${sandbox.port}:issuer:credenco`;
    const document = await call(sandbox, 'GET', '/issuer/credenco/did.json', { headers: {} });
    const [method] = document.json['verificationMethod'] as { publicKeyJwk: JWK }[];
    await compactVerify(signed, await importJWK(method?.publicKeyJwk ?? {}, 'ES256'));
    expect(decodeJwt(signed)).toMatchObject({
      iss: did,
      vct: 'urn:test:ebw_oid',
      cnf: { jwk: holder.jwk },
      status: { status_list: { uri: `${sandbox.origin}/api/status-lists/ebw_oid`, idx: expect.any(Number) } },
      _sd_alg: 'sha-256',
    });
    expect((await status(sandbox, 'by-hand')).json['status']).toBe('issue_completed');
    const another = await proof(sandbox, holder, { payload: { nonce: await nonce(sandbox) } });
    const again = await credential(sandbox, bearer, another);
    expect([again.status, again.json['error']]).toEqual([400, 'credential_request_denied']);
  });

  test('two requests at once end in one credential', async () => {
    const { bearer, jwt } = await ready('two-at-once');
    const other = await proof(sandbox, holder, { payload: { nonce: await nonce(sandbox) } });
    const answers = await Promise.all([credential(sandbox, bearer, jwt), credential(sandbox, bearer, other)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
  });

  test('refuses an access token that is unknown or has expired', async () => {
    const { bearer, jwt } = await ready('late');
    const unknown = await credential(sandbox, 'x', jwt);
    expect([unknown.status, unknown.json['error']]).toEqual([401, 'invalid_token']);
    expect(unknown.headers.get('www-authenticate')).toContain('Bearer');
    ahead = 300_000;
    expect((await credential(sandbox, bearer, jwt)).status).toBe(401);
    expect((await status(sandbox, 'late')).json['status']).toBe('error');
  });

  test('takes a nonce once, and only its own and a fresh one', async () => {
    const { bearer } = await ready('nonces');
    const used = await nonce(sandbox);
    const withNonce = async (value: unknown, audience = sandbox.origin) =>
      credential(sandbox, bearer, await proof(sandbox, holder, { payload: { nonce: value, aud: audience } }));
    expect((await withNonce(used, 'https://other.example')).json['error']).toBe('invalid_proof');
    expect((await withNonce(used)).json['error']).toBe('invalid_nonce');
    expect((await withNonce('made-up')).json['error']).toBe('invalid_nonce');
    expect((await withNonce(undefined)).json['error']).toBe('invalid_nonce');
    expect((await withNonce(await nonce(sandbox))).status).toBe(200);
  });

  test('takes no nonce that is older than five minutes', async () => {
    const old = await proof(sandbox, holder, { payload: { nonce: await nonce(sandbox) } });
    ahead = 200_000;
    const { bearer, jwt } = await ready('old-nonce');
    ahead = 300_000;
    expect((await credential(sandbox, bearer, old)).json['error']).toBe('invalid_nonce');
    expect((await credential(sandbox, bearer, jwt)).status).toBe(200);
  });

  test('refuses a proof that does not prove possession', async () => {
    const { bearer } = await ready('bad-proofs');
    const stranger = await newHolder();
    const fresh = async () => ({ nonce: await nonce(sandbox) });
    const proofs = [
      await proof(sandbox, holder, { payload: await fresh(), key: stranger.privateKey }),
      await proof(sandbox, holder, { payload: await fresh(), header: { typ: 'JWT' } }),
      await proof(sandbox, holder, { payload: await fresh(), header: { jwk: undefined } }),
      await proof(sandbox, holder, { payload: { ...(await fresh()), aud: 'https://other.example' } }),
      'not.a.jwt',
    ];
    for (const jwt of proofs) {
      const answer = await credential(sandbox, bearer, jwt);
      expect([answer.status, answer.json['error']]).toEqual([400, 'invalid_proof']);
    }
    expect((await status(sandbox, 'bad-proofs')).json['status']).toBe('issue_request_created');
  });

  test.each([
    ['another configuration', { credential_configuration_id: 'plain' }, 'unknown_credential_configuration'],
    ['no configuration', { credential_configuration_id: undefined }, 'invalid_credential_request'],
    [
      'an identifier that was never given',
      { credential_configuration_id: undefined, credential_identifier: 'ebw_oid' },
      'invalid_credential_request',
    ],
    ['no proof', { proofs: undefined }, 'invalid_proof'],
  ])('refuses %s', async (name, changes, error) => {
    const { bearer, jwt } = await ready(`refuses-${name}`);
    const answer = await credential(sandbox, bearer, jwt, changes);
    expect([answer.status, answer.json['error']]).toEqual([400, error]);
  });

  test('refuses two proofs, good as each may be', async () => {
    const { bearer, jwt } = await ready('two-proofs');
    const second = await proof(sandbox, holder, { payload: { nonce: await nonce(sandbox) } });
    const answer = await credential(sandbox, bearer, jwt, { proofs: { jwt: [jwt, second] } });
    expect([answer.status, answer.json['error']]).toEqual([400, 'invalid_proof']);
  });

  test('an issuer that refuses ends the issuance in error', async () => {
    sandbox.switchboard.merge({ refuseCredential: true });
    const { bearer, jwt } = await ready('refused');
    expect((await credential(sandbox, bearer, jwt)).json['error']).toBe('credential_request_denied');
    expect((await status(sandbox, 'refused')).json['status']).toBe('error');
  });

  test('a template that expires puts exp into the credential, and one without a list no status', async () => {
    const template = { template_id: 'plain' };
    const minted = await mint(sandbox, 'plain', template);
    const { json } = await call(sandbox, 'GET', offerUriOf(minted), { headers: {} });
    const grants = json['grants'] as Record<string, Record<string, string>>;
    const code = grants[preAuthorizedCodeGrant]?.['pre-authorized_code'] ?? '';
    const jwt = await proof(sandbox, holder, { payload: { nonce: await nonce(sandbox) } });
    const bearer = await accessToken(sandbox, code);
    const answer = await credential(sandbox, bearer, jwt, { credential_configuration_id: 'plain' });
    const [signed = ''] = credentialOf(answer).split('~');
    const { exp = 0, iat = 0, ...rest } = decodeJwt(signed);
    expect(exp - iat).toBe(2 * 86_400);
    expect(rest).not.toHaveProperty('status');
  });
});

test('settings that cannot work are refused with the name of the key', async () => {
  const backend = { apiKey: 'k', clientId: 'c', clientSecret: 's' };
  const schema = { type: 'object' as const, properties: { iss: {} } };
  const template = { templateId: 't', name: 'T', issuer: 'nobody', vct: 'urn:t', schema };
  const start = startCredencoSandbox({ backend, issuers: ['one'], templates: [template] });
  await expect(start).rejects.toThrow('schema');
  const properties = { schema: { type: 'object' as const, properties: {} } };
  const unknown = startCredencoSandbox({ backend, issuers: ['one'], templates: [{ ...template, ...properties }] });
  await expect(unknown).rejects.toThrow('each issuer must be one of issuers');
});
