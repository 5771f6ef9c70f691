/** The contract's worked example against the Credenco sandbox, and what wallets do with what is pushed into them. */

import { inflateSync } from 'node:zlib';
import { digest, ES256 } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { compactVerify, importJWK, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import {
  call,
  companyClaims,
  issueInto,
  mint,
  offerUriOf,
  push,
  settledWallet,
  startSandbox,
  status,
  withKey,
} from './credenco-backend.ts';

let sandbox: CredencoSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.switchboard.reset());

interface DidDocument {
  readonly id: string;
  readonly verificationMethod: readonly { id: string; publicKeyJwk: JWK }[];
}

async function publishedKey(): Promise<{ did: string; kid: string; jwk: JWK }> {
  const { json } = await call(sandbox, 'GET', '/issuer/credenco/did.json', { headers: {} });
  const { id, verificationMethod } = json as unknown as DidDocument;
  const [method] = verificationMethod;
  if (method === undefined) throw new Error('no key is published');
  return { did: id, kid: method.id, jwk: method.publicKeyJwk };
}

describe('the worked example', () => {
  test('mints, pushes, is kept by a wallet that trusts us, and is verified from outside', async () => {
    const { minted, offerUri, pushed, wallet } = await issueInto(sandbox, 'trusting', '89cba89');
    expect(minted.status).toBe(200);
    expect(minted.json).toEqual({
      correlation_id: '89cba89',
      request_uri: expect.stringMatching(/^openid-credential-offer:\/\/\?credential_offer_uri=http%3A%2F%2F/),
      status_uri: `${sandbox.url}/api/v2/issue/89cba89`,
    });
    expect(pushed.status).toBe(201);
    const told = await call(sandbox, 'GET', String(minted.json['status_uri']));
    expect(told.json).toEqual({
      status: 'issue_completed',
      correlation_id: '89cba89',
      revocation_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const [credential] = wallet.credentials;
    const { did, kid, jwk } = await publishedKey();
    expect(did).toBe(`did:web:127.0.0.1%3A${sandbox.port}:issuer:credenco`);
    expect(credential).toMatchObject({
      correlationId: '89cba89',
      offerUri,
      claims: companyClaims,
      vct: 'urn:test:ebw_oid',
      iss: did,
      kid,
      didDocument: `${sandbox.url}/issuer/credenco/did.json`,
      signatureVerified: true,
      attended: false,
    });
    const outside = new SDJwtVcInstance({ hasher: digest, verifier: await ES256.getVerifier(jwk) });
    const { payload, header } = await outside.verify(credential?.sdJwt ?? '');
    expect(payload).toMatchObject({ iss: did, vct: 'urn:test:ebw_oid', ...companyClaims });
    expect(header).toMatchObject({ typ: 'dc+sd-jwt', alg: 'ES256', kid });
  });

  test('discloses claims selectively: none of them stands in the signed part', async () => {
    const { wallet } = await issueInto(sandbox, 'trusting', 'selective');
    const [jwt = '', ...disclosures] = (wallet.credentials.at(-1)?.sdJwt ?? '').split('~');
    const signed = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
    expect(signed).not.toContain(companyClaims.name);
    expect(disclosures.filter((disclosure) => disclosure !== '')).toHaveLength(4);
  });

  test('a status before the push, the variant path and the absence of a status list', async () => {
    await mint(sandbox, 'early');
    expect((await status(sandbox, 'early')).json['status']).toBe('issue_request_created');
    const variant = await call(sandbox, 'GET', '/api/v2/credential/issue/early');
    expect(variant.json).toEqual((await status(sandbox, 'early')).json);
    await mint(sandbox, 'plain-one', { template_id: 'plain' });
    expect((await status(sandbox, 'plain-one')).json).toEqual({
      status: 'issue_request_created',
      correlation_id: 'plain-one',
    });
    expect((await status(sandbox, 'nobody')).status).toBe(404);
  });
});

describe('a wallet that discards', () => {
  test.each([
    ['stranger', 'issuer-not-trusted'],
    ['wary', 'direct-issue-not-allowed'],
  ])('%s: tells nobody', async (key, reason) => {
    const { pushed, wallet } = await issueInto(sandbox, key, `into-${key}`);
    expect(pushed.status).toBe(201);
    expect((await status(sandbox, `into-${key}`)).json['status']).toBe('issue_completed');
    expect(wallet.credentials).toEqual([]);
    expect(wallet.discarded).toMatchObject([
      { correlationId: `into-${key}`, reason, signatureVerified: true, credential: { claims: companyClaims } },
    ]);
  });

  test('looks at its own contacts, and at the DID of the template that was used', async () => {
    const offerUri = offerUriOf(await mint(sandbox, 'by-other', { template_id: 'plain' }));
    await push(sandbox, 'trusting', offerUri);
    const { discarded } = await settledWallet(sandbox, 'trusting');
    expect(discarded).toMatchObject([{ correlationId: 'by-other', reason: 'issuer-not-trusted' }]);
  });

  test('a signature by a key that the DID document does not have', async () => {
    sandbox.switchboard.merge({ signWithUnpublishedKey: true });
    const { wallet } = await issueInto(sandbox, 'trusting', 'forged');
    expect(wallet.discarded.at(-1)).toMatchObject({
      correlationId: 'forged',
      reason: 'not-verified',
      signatureVerified: false,
      credential: null,
    });
    expect(wallet.credentials.some(({ correlationId }) => correlationId === 'forged')).toBe(false);
  });

  test('an offer on another machine is never fetched', async () => {
    await push(sandbox, 'stranger', 'https://wallet.example/api/oidc/credential-offer/abc');
    const { discarded } = await settledWallet(sandbox, 'stranger');
    expect(discarded.at(-1)).toMatchObject({ correlationId: null, reason: 'exchange-failed' });
    expect(discarded.at(-1)?.explanation).toContain('offer: ');
  });
});

describe('the inbox', () => {
  async function waiting(correlationId: string) {
    await push(sandbox, 'stranger', offerUriOf(await mint(sandbox, correlationId)), '');
    const { inbox } = await settledWallet(sandbox, 'stranger');
    const offer = inbox.find((entry) => entry.correlationId === correlationId);
    return `/_sandbox/wallets/stranger/inbox/${offer?.deliveryId}/accept`;
  }

  test('an attended offer waits, and is kept by a wallet that trusts nobody', async () => {
    const accept = await waiting('attended');
    expect((await status(sandbox, 'attended')).json['status']).toBe('issue_request_created');
    const accepted = await call(sandbox, 'POST', accept);
    expect(accepted.json).toMatchObject({ kept: true, attended: true, credential: { claims: companyClaims } });
    expect((await status(sandbox, 'attended')).json['status']).toBe('issue_completed');
    const { credentials } = await settledWallet(sandbox, 'stranger');
    expect(credentials).toMatchObject([{ correlationId: 'attended', attended: true, signatureVerified: true }]);
    expect((await call(sandbox, 'POST', accept)).status).toBe(409);
  });

  test('accepted twice at once it is exchanged once', async () => {
    const accept = await waiting('attended-twice');
    const answers = await Promise.all([call(sandbox, 'POST', accept), call(sandbox, 'POST', accept)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const { credentials } = await settledWallet(sandbox, 'stranger');
    expect(credentials.filter(({ correlationId }) => correlationId === 'attended-twice')).toHaveLength(1);
  });

  test('a forged one is refused all the same, and a foreign wallet cannot accept it', async () => {
    const accept = await waiting('attended-forged');
    expect((await call(sandbox, 'POST', accept.replace('stranger', 'wary'))).status).toBe(404);
    sandbox.switchboard.merge({ signWithUnpublishedKey: true });
    expect((await call(sandbox, 'POST', accept)).json).toMatchObject({ kept: false, reason: 'not-verified' });
  });
});

describe('revocation', () => {
  async function bit(index: number, templateId = 'ebw_oid'): Promise<number> {
    const response = await fetch(`${sandbox.url}/api/status-lists/${templateId}`);
    expect(response.headers.get('content-type')).toBe('application/statuslist+jwt');
    const { jwk, did, kid } = await publishedKey();
    const { payload, protectedHeader } = await compactVerify(await response.text(), await importJWK(jwk, 'ES256'));
    expect(protectedHeader).toMatchObject({ typ: 'statuslist+jwt', kid });
    const list = JSON.parse(Buffer.from(payload).toString()) as { iss: string; status_list: { lst: string } };
    expect(list.iss).toBe(did);
    const bytes = inflateSync(Buffer.from(list.status_list.lst, 'base64url'));
    return ((bytes[index >> 3] ?? 0) >> (index & 7)) & 1;
  }

  test('sets the bit of that credential and of no other', async () => {
    const one = await issueInto(sandbox, 'trusting', 'to-revoke');
    const two = await issueInto(sandbox, 'trusting', 'to-stay');
    const [first, second] = [one, two].map(({ wallet }) => wallet.credentials.at(-1)?.statusList?.idx ?? -1);
    expect(first).not.toBe(second);
    const uuid = String((await status(sandbox, 'to-revoke')).json['revocation_uuid']);
    expect([await bit(first ?? 0), await bit(second ?? 0)]).toEqual([0, 0]);
    expect((await call(sandbox, 'POST', `/_sandbox/revocations/${uuid}`)).status).toBe(200);
    expect([await bit(first ?? 0), await bit(second ?? 0)]).toEqual([1, 0]);
    for (let count = 0; count <= (first ?? 0); count += 1) {
      await mint(sandbox, `other-list-${count}`, { template_id: 'second' });
    }
    expect(await bit(first ?? 0, 'second')).toBe(0);
    const { credentials } = await settledWallet(sandbox, 'trusting');
    expect(credentials.find(({ correlationId }) => correlationId === 'to-revoke')?.revoked).toBe(true);
    expect((await call(sandbox, 'POST', '/_sandbox/revocations/nobody', { headers: withKey })).status).toBe(404);
  });

  test('of an offer that is still open makes the wallet discard it', async () => {
    const offerUri = offerUriOf(await mint(sandbox, 'revoked-early'));
    const uuid = String((await status(sandbox, 'revoked-early')).json['revocation_uuid']);
    await call(sandbox, 'POST', `/_sandbox/revocations/${uuid}`);
    await push(sandbox, 'trusting', offerUri);
    const { discarded } = await settledWallet(sandbox, 'trusting');
    expect(discarded.at(-1)).toMatchObject({ correlationId: 'revoked-early', reason: 'not-verified' });
  });
});
