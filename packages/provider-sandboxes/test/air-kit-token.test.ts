/** The AIR Kit sandbox refuses every Partner JWT that the provider would refuse, and says why. */
import { generateKeyPair } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AirKitSandbox } from '../src/air-kit/start-air-kit-sandbox.ts';
import {
  control,
  issue,
  startPartner,
  startSandbox,
  status,
  type TestPartner,
  type TokenChanges,
} from './air-kit-partner.ts';

let partner: TestPartner;
let sandbox: AirKitSandbox;
const zeroHash = '0'.repeat(64);

beforeAll(async () => {
  partner = await startPartner();
  sandbox = await startSandbox(partner.jwksUrl);
});

afterAll(async () => {
  await sandbox.close();
  await partner.close();
});

afterEach(() => {
  sandbox.switchboard.reset();
  partner.publish({ keys: [partner.rsa.jwk, partner.ec.jwk] });
});

async function refusal(changes: TokenChanges): Promise<string> {
  const issuedBefore = sandbox.inspect().totals.issued;
  const token = await partner.token(changes);
  const answers = [await issue(sandbox, token), await status(sandbox, token, zeroHash)];
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({ error: 401, message: answer.message });
  }
  expect(answers[0]?.message).toBe(answers[1]?.message);
  expect(sandbox.inspect().totals.issued).toBe(issuedBefore);
  return answers[0]?.message ?? '';
}

describe('accepts', () => {
  test('an RS256 token, and notes the key it was verified with', async () => {
    const { status: code, json } = await issue(sandbox, await partner.token());
    expect(code).toBe(200);
    expect(json).toEqual({
      coreClaimHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      credentialId: 'kyc',
      userUuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(sandbox.inspect().calls.recent.at(-1)?.notes).toMatchObject({ kid: 'rsa-1', verified: true });
  });

  test('an ES256 token', async () => {
    const token = await partner.token({ key: partner.ec.privateKey, header: { alg: 'ES256', kid: 'ec-1' } });
    expect((await issue(sandbox, token)).status).toBe(200);
  });

  test.each([
    ['expired less than 30 s ago', { times: { iat: -300, exp: -10 } }],
    ['issued less than 30 s ahead', { times: { iat: 15, exp: 300 } }],
    ['with a lifetime of 15 minutes', { times: { iat: -1, exp: 899 } }],
    ['for an address in another script', { claims: { email: 'søren@blåbær.example' } }],
  ])('a token %s', async (_name, changes) => {
    expect((await issue(sandbox, await partner.token(changes))).status).toBe(200);
  });

  test('both scopes, unless it is strict', async () => {
    const tokens = await Promise.all(['issue', 'issue on-behalf'].map((scope) => partner.token({ claims: { scope } })));
    const statuses = async () => Promise.all(tokens.map(async (token) => (await issue(sandbox, token)).status));
    expect(await statuses()).toEqual([200, 200]);
    await control(sandbox, 'switches', { scopeStrictness: 'issue' });
    expect(await statuses()).toEqual([200, 401]);
    await control(sandbox, 'switches', { scopeStrictness: 'issue on-behalf' });
    expect(await statuses()).toEqual([401, 200]);
  });
});

describe('refuses', () => {
  test.each<[string, TokenChanges, string]>([
    ['without typ', { header: { typ: undefined } }, 'typ must be "JWT"'],
    ['with typ in lower case', { header: { typ: 'jwt' } }, 'typ must be "JWT"'],
    ['without kid', { header: { kid: undefined } }, 'kid is missing'],
    ['with an unpublished kid', { header: { kid: 'rsa-2' } }, 'kid is not in the JWKS'],
    ['with the kid of another kind of key', { header: { kid: 'ec-1' } }, 'the key is not for RS256 ("alg")'],
    ['without exp', { claims: { exp: undefined } }, 'exp is missing or not a number'],
    ['with exp as text', { claims: { exp: '1' } }, 'exp is missing or not a number'],
    ['without iat', { claims: { iat: undefined } }, 'iat is missing or not a number'],
    ['expired', { times: { iat: -400, exp: -40 } }, 'exp is in the past: the JWT has expired'],
    ['from the future', { times: { iat: 120, exp: 200 } }, 'iat is in the future'],
    ['not valid yet', { times: { nbf: 120 } }, 'nbf is in the future'],
    ['too long-lived', { times: { iat: 0, exp: 901 } }, 'exp is more than 15 minutes after iat'],
    ['ending before it starts', { times: { iat: 5, exp: 0 } }, 'exp is not after iat'],
    ['of another partner', { claims: { partnerId: 'other' } }, 'partnerId is not the registered partner'],
    ['with another scope', { claims: { scope: 'verify' } }, 'scope must be "issue" or "issue on-behalf"'],
    ['without scope', { claims: { scope: undefined } }, 'scope must be "issue" or "issue on-behalf"'],
    ['without email', { claims: { email: undefined } }, 'email is missing or no e-mail address'],
    ['with a bad email', { claims: { email: 'ada@' } }, 'email is missing or no e-mail address'],
    [
      'with two addresses',
      { claims: { email: 'a@example.com,b@example.com' } },
      'email is missing or no e-mail address',
    ],
  ])('a token %s', async (_name, changes, message) => {
    expect(await refusal(changes)).toBe(message);
  });

  test('a token signed by another key under a published kid', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    expect(await refusal({ key: privateKey })).toBe('the signature does not verify');
    expect(sandbox.inspect().calls.recent.at(-1)?.notes).toMatchObject({ kid: 'rsa-1', verified: false });
  });

  test('a token whose payload was changed', async () => {
    const [header, , signature] = (await partner.token()).split('.');
    const [, payload] = (await partner.token({ claims: { email: 'eve@example.com' } })).split('.');
    const { status: code, message } = await issue(sandbox, `${header}.${payload}.${signature}`);
    expect([code, message]).toEqual([401, 'the signature does not verify']);
  });

  test('fault 28: another algorithm of the same key', async () => {
    const { privateKey } = await generateKeyPair('PS256');
    expect(await refusal({ key: privateKey, header: { alg: 'PS256' } })).toBe('alg must be RS256 or ES256');
  });

  test.each([
    ['fault 28: alg none', { alg: 'none', typ: 'JWT', kid: 'rsa-1' }, 'alg must be RS256 or ES256'],
    [
      'fault 28: a crit member',
      { alg: 'RS256', typ: 'JWT', kid: 'rsa-1', crit: ['b64'], b64: false },
      'crit is not supported',
    ],
  ])('%s', async (_name, header, message) => {
    const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
    const answer = await issue(sandbox, (await partner.token()).replace(/^[^.]+/, encoded));
    expect([answer.status, answer.message]).toEqual([401, message]);
  });

  test('a missing, empty or malformed header', async () => {
    const missing = await fetch(`${sandbox.url}/credentials/issue-on-behalf`, { method: 'POST' });
    expect(missing.status).toBe(401);
    expect((await issue(sandbox, '')).message).toBe('the header x-partner-auth is missing');
    expect((await issue(sandbox, 'Bearer x')).message).toBe('x-partner-auth is not a compact JWT');
  });
});

describe('the JWKS', () => {
  test.each<[string, (partner: TestPartner) => unknown, number, string]>([
    ['not there', () => ({}), 404, 'JWKS unreachable: it answered 404'],
    ['not JSON', () => '<html>', 200, 'JWKS is not JSON'],
    ['without keys', () => ({}), 200, 'JWKS has no usable "keys"'],
    ['too large', () => 'x'.repeat(70_000), 200, 'JWKS too large'],
    ['empty', () => ({ keys: [] }), 200, 'kid is not in the JWKS'],
    [
      'for encryption',
      ({ rsa }) => ({ keys: [{ ...rsa.jwk, use: 'enc' }] }),
      200,
      'the key is not for signatures ("use")',
    ],
    [
      'with a private part',
      ({ rsa }) => ({ keys: [{ ...rsa.jwk, d: 'AA' }] }),
      200,
      'JWKS carries private key material ("d")',
    ],
    [
      'with a broken key',
      ({ rsa }) => ({ keys: [{ ...rsa.jwk, n: undefined }] }),
      200,
      'the key in the JWKS is malformed',
    ],
    [
      'tampered with',
      ({ rsa }) => ({ keys: [{ ...rsa.jwk, n: `${rsa.jwk.n?.slice(0, -4)}AAAA` }] }),
      200,
      'the signature does not verify',
    ],
    [
      'with kids exchanged',
      ({ rsa, ec }) => ({ keys: [{ ...ec.jwk, kid: 'rsa-1', alg: undefined }, rsa.jwk].slice(0, 1) }),
      200,
      'the key\'s "kty" does not fit RS256',
    ],
  ])('%s is a 401', async (_name, body, code, message) => {
    partner.publish(body(partner), code);
    expect(await refusal({})).toBe(message);
    expect(sandbox.inspect().jwks.fetches).toBeGreaterThan(0);
  });

  test('on a closed port is a 401', async () => {
    const gone = await startPartner();
    await gone.close();
    const alone = await startSandbox(gone.jwksUrl);
    const answer = await issue(alone, await partner.token());
    await alone.close();
    expect([answer.status, answer.message.startsWith('JWKS unreachable')]).toEqual([401, true]);
  });

  test('is cached as long as the switch says, and fetched for an unknown kid unless forbidden', async () => {
    sandbox.switchboard.merge({ jwksCacheMs: 600_000 });
    await issue(sandbox, await partner.token());
    const before = partner.fetches();
    await issue(sandbox, await partner.token());
    expect(partner.fetches()).toBe(before);
    partner.publish({ keys: [{ ...partner.rsa.jwk, kid: 'rsa-2' }] });
    const next = await partner.token({ header: { kid: 'rsa-2' } });
    sandbox.switchboard.merge({ refetchUnknownKid: false });
    expect((await issue(sandbox, next)).status).toBe(401);
    sandbox.switchboard.merge({ refetchUnknownKid: true });
    expect((await issue(sandbox, next)).status).toBe(200);
    expect(partner.fetches()).toBe(before + 1);
  });

  test.each(['http://jwks.example.com/jwks.json', 'ftp://127.0.0.1/jwks.json', 'jwks.json'])(
    'is not taken from %s',
    async (jwksUrl) => {
      await expect(startSandbox(jwksUrl)).rejects.toThrow('must be https, or http on a loopback host');
    },
  );
});

test('a provider whose clock is off refuses what is fine by ours, and shows its clock', async () => {
  await control(sandbox, 'switches', { clockOffsetMs: -300_000 });
  const answer = await issue(sandbox, await partner.token());
  expect([answer.status, answer.message]).toEqual([401, 'iat is in the future']);
  expect(Date.parse(answer.headers.get('date') ?? '')).toBeLessThan(Date.now() - 200_000);
});
