/** The Partner JWT: what the provider's documentation asks for, and which key signs it when the secret is changed or away. */
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { firstRing, jwksOf, type KeyRing, turnedRing } from '../../../lib/signing/key-ring.ts';
import { partnerTokens } from '../../../lib/signing/partner-token.ts';
import { VirtualClock } from '../../fakes/virtual-clock.ts';

const claims = { partnerId: 'a-partner', email: 'ada@example.com', scope: 'issue on-behalf' };
const minute = 60_000;
let ring: KeyRing;
let turned: KeyRing;

beforeAll(async () => {
  ring = await firstRing();
  turned = await turnedRing(ring);
});

/** Tokens over a secret that a test can change, break and count the reads of. */
function signing() {
  const clock = new VirtualClock();
  const secret = { version: 'v1', text: JSON.stringify(ring), reads: 0, down: false };
  const readRing = async () => {
    secret.reads += 1;
    if (secret.down) throw new Error('throttled');
    return { version: secret.version, text: secret.text };
  };
  const tokens = partnerTokens({ readRing, now: () => clock.now() });
  const kid = async () => decodeProtectedHeader(await tokens.sign(claims)).kid;
  const rotate = () => Object.assign(secret, { version: 'v2', text: JSON.stringify(turned) });
  return { clock, secret, tokens, kid, rotate };
}

describe('a token', () => {
  test('has the header and claims of the documentation, and verifies against the JWKS', async () => {
    const { tokens, clock } = signing();
    const token = await tokens.sign(claims);
    const jwks = createLocalJWKSet(jwksOf(ring));
    const { payload, protectedHeader } = await jwtVerify(token, jwks, { currentDate: clock.now() });
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: ring.current.kid, typ: 'JWT' });
    const seconds = clock.now().getTime() / 1000;
    expect(payload).toEqual({ ...claims, iat: seconds - 30, exp: seconds + 270 });
  });

  test('is made again for each call: no other holder’s claims in it', async () => {
    const { tokens } = signing();
    const [ada, eve] = await Promise.all([tokens.sign(claims), tokens.sign({ ...claims, email: 'eve@example.com' })]);
    expect(ada).not.toBe(eve);
  });
});

describe('the secret', () => {
  test('fault 38: is read once for many tokens at once, and not again for five minutes', async () => {
    const { tokens, clock, secret } = signing();
    await Promise.all(Array.from({ length: 20 }, () => tokens.sign(claims)));
    clock.advance(5 * minute - 1);
    await tokens.sign(claims);
    expect(secret.reads).toBe(1);
    clock.advance(1);
    await tokens.sign(claims);
    expect(secret.reads).toBe(2);
  });

  test('of the same version is not imported again: its text is not even looked at', async () => {
    const { kid, clock, secret } = signing();
    await kid();
    secret.text = JSON.stringify(turned);
    clock.advance(6 * minute);
    expect([await kid(), secret.reads]).toEqual([ring.current.kid, 2]);
  });

  test('fault 24: of a new version signs with the new current key within five minutes', async () => {
    const { kid, clock, rotate } = signing();
    await kid();
    rotate();
    expect(await kid()).toBe(ring.current.kid);
    clock.advance(5 * minute);
    expect(await kid()).toBe(turned.current.kid);
  });

  test('fault 24: is read again when the provider did not accept a token, at most every five seconds', async () => {
    const { kid, tokens, clock, secret, rotate } = signing();
    await kid();
    tokens.refresh();
    expect([await kid(), secret.reads]).toEqual([ring.current.kid, 2]);
    rotate();
    tokens.refresh();
    expect([await kid(), secret.reads]).toEqual([ring.current.kid, 2]);
    clock.advance(5001);
    expect([await kid(), secret.reads]).toEqual([turned.current.kid, 3]);
    await kid();
    expect(secret.reads).toBe(3);
  });

  test('fault 24: that is being read again is waited for by every token', async () => {
    const { kid, tokens, rotate } = signing();
    await kid();
    rotate();
    tokens.refresh();
    const kids = await Promise.all([kid(), kid(), kid()]);
    expect(new Set(kids)).toEqual(new Set([turned.current.kid]));
  });

  test('whose key is to wait after an emergency gives an error to try again, and signs when the time has come', async () => {
    const { kid, clock, secret } = signing();
    secret.text = JSON.stringify({ ...ring, signsFrom: new Date(clock.now().getTime() + minute).toISOString() });
    await expect(kid()).rejects.toMatchObject({ code: 'signing-key-unavailable', retryAfterSeconds: 60 });
    clock.advance(minute);
    expect(await kid()).toBe(ring.current.kid);
  });

  test('fault 26: that is away, or broken, leaves the last good key for a day', async () => {
    for (const failure of [{ down: true }, { version: 'v2', text: '{"version":1}' }]) {
      const { kid, clock, secret } = signing();
      await kid();
      Object.assign(secret, failure);
      clock.advance(24 * 60 * minute - 1);
      expect(await kid()).toBe(ring.current.kid);
      clock.advance(1);
      await expect(kid()).rejects.toMatchObject({ code: 'signing-key-unavailable', kind: 'retry-later' });
    }
  });

  test('fault 26: that was away is used again as soon as it is back', async () => {
    const { kid, clock, secret, rotate } = signing();
    await kid();
    secret.down = true;
    clock.advance(6 * minute);
    await kid();
    rotate();
    secret.down = false;
    expect(await kid()).toBe(turned.current.kid);
  });

  test('fault 26: that cannot be read at first is an error to try again, without its text', async () => {
    const { kid, secret } = signing();
    secret.down = true;
    await expect(kid()).rejects.toBeInstanceOf(IssuanceError);
    await expect(kid()).rejects.toMatchObject({ code: 'signing-key-unavailable', cause: new Error('throttled') });
  });

  test('fault 26: that is broken says what is wrong with it', async () => {
    const { kid, secret } = signing();
    secret.text = JSON.stringify({ ...ring, current: { ...ring.current, kid: 'another' } });
    const detail = 'a kid is not the thumbprint of its key';
    await expect(kid()).rejects.toMatchObject({ code: 'signing-key-unavailable', detail });
  });
});
