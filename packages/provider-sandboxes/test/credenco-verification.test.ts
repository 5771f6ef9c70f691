/** What a wallet of the Credenco sandbox demands of a credential before it looks at its contacts. */
import { digest, ES256, generateSalt } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { didDocumentUrl } from '../src/credenco/wallet/resolve-did-web.ts';
import { verifyCredential } from '../src/credenco/wallet/verify-credential.ts';
import { walletFetch } from '../src/credenco/wallet/wallet-fetch.ts';
import { issueInto, startSandbox } from './credenco-backend.ts';
import { type Holder, newHolder } from './credenco-raw-client.ts';

const did = 'did:web:127.0.0.1%3A9:issuer:tried';
const kid = `${did}#key-1`;
const now = Date.UTC(2026, 10, 22);
let issuer: Holder;
let holder: Holder;

beforeAll(async () => {
  [issuer, holder] = await Promise.all([newHolder(), newHolder()]);
});

interface Changes {
  readonly payload?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly document?: Record<string, unknown>;
  readonly vct?: string;
}

async function signed({ payload = {}, header = {} }: Changes): Promise<string> {
  const instance = new SDJwtVcInstance({
    signer: await ES256.getSigner(await exportJWK(issuer.privateKey)),
    signAlg: 'ES256',
    hasher: digest,
    saltGenerator: generateSalt,
  });
  const iat = now / 1000;
  const claims = { iss: did, iat, vct: 'urn:t', cnf: { jwk: holder.jwk }, name: 'CoolSoft', ...payload };
  return await instance.issue(claims, { _sd: ['name'] }, { header: { kid, ...header } });
}

async function verified(changes: Changes = {}) {
  const verificationMethod = [{ id: kid, type: 'JsonWebKey2020', controller: did, publicKeyJwk: issuer.jwk }];
  const document = { id: did, verificationMethod, assertionMethod: [kid], ...changes.document };
  return await verifyCredential(await signed(changes), {
    holderThumbprint: await calculateJwkThumbprint(holder.jwk),
    vct: changes.vct ?? 'urn:t',
    now,
    fetch: async () => Response.json(document),
  });
}

test('a good one is read with all its claims', async () => {
  const credential = { iss: did, kid, vct: 'urn:t', claims: { name: 'CoolSoft' }, statusList: null };
  expect(await verified()).toMatchObject({ ...credential, didDocument: 'http://127.0.0.1:9/issuer/tried/did.json' });
});

test.each<[string, Changes, string]>([
  ['a key of another DID', { header: { kid: 'did:web:127.0.0.1%3A9:issuer:else#key-1' } }, 'kid is not a key of iss'],
  ['a key that is not published', { header: { kid: `${did}#key-2` } }, 'does not publish'],
  ['a key that is not for assertions', { document: { assertionMethod: [] } }, 'does not publish'],
  ['the document of another DID', { document: { id: 'did:web:example.com' } }, 'is the document of'],
  ['another type', { vct: 'urn:else' }, 'not a urn:else'],
  ['no holder', { payload: { cnf: undefined } }, 'not bound'],
  ['one that has expired', { payload: { exp: now / 1000 - 60 } }, 'expired'],
  ['one from the future', { payload: { iat: now / 1000 + 60 } }, 'not yet valid'],
  [
    'no did:web',
    { payload: { iss: 'https://example.com' }, header: { kid: 'https://example.com#key-1' } },
    'no did:web',
  ],
])('refuses %s', async (_name, changes, message) => {
  await expect(verified(changes)).rejects.toThrow(message);
});

test("refuses another holder's", async () => {
  const stranger = await newHolder();
  await expect(verified({ payload: { cnf: { jwk: stranger.jwk } } })).rejects.toThrow('not bound');
});

test('refuses a signature by another key under the published kid', async () => {
  const other: JWK = (await newHolder()).jwk;
  const document = { verificationMethod: [{ id: kid, publicKeyJwk: other }] };
  await expect(verified({ document })).rejects.toThrow('Invalid JWT Signature');
});

test('did:web becomes an address as its method says, with http for this machine alone', () => {
  expect(didDocumentUrl('did:web:example.com')).toBe('https://example.com/.well-known/did.json');
  expect(didDocumentUrl('did:web:example.com:a:b')).toBe('https://example.com/a/b/did.json');
  expect(didDocumentUrl('did:web:127.0.0.1%3A4021:issuer:x')).toBe('http://127.0.0.1:4021/issuer/x/did.json');
});

test.each([
  'https://wallet.example/',
  'http://169.254.169.254/',
  'http://127.0.0.1@wallet.example/',
  'file:///etc/passwd',
])('nothing is fetched from %s', async (url) => {
  await expect(walletFetch(new AbortController().signal)(url)).rejects.toThrow('does not fetch from');
});

test('a clock that moves on during the exchange does not spoil it', async () => {
  let ticks = Date.now();
  const sandbox = await startSandbox({
    clock: () => {
      ticks += 400;
      return ticks;
    },
  });
  const { wallet } = await issueInto(sandbox, 'trusting', 'ticking');
  expect(wallet.credentials).toMatchObject([{ correlationId: 'ticking' }]);
  await sandbox.close();
});
