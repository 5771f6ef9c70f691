/** JWTs whose keys are published: which are read, which are not, and that an address that does not answer proves nothing. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { schemeOf } from '../../../../lib/sources/proofs/schemes.ts';
import type { ProofSettings } from '../../../../lib/sources/proofs/settings/proof.ts';
import { jwkOf, jwtBy, keyPairs } from '../../../fakes/signers/key-signers.ts';

const now = new Date('2026-11-22T09:00:00.000Z');
const seconds = now.getTime() / 1000;
const [pair, stranger] = [keyPairs.rsa(), keyPairs.rsa()];
const servers: { close(): unknown }[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  vi.unstubAllGlobals();
});

/** The settings of a source whose keys are at a server that answers like this. */
async function published(listener: RequestListener): Promise<ProofSettings> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push({ close: () => server.closeAllConnections() ?? server.close() });
  const jwks = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  return { scheme: 'jwt', algorithms: ['RS256'], jwks, audience: 'us', claims: { email_verified: true } };
}

const keySet: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwkOf(pair)] }));
};

const good = { aud: 'us', exp: seconds + 60, email_verified: true };

function prove(settings: ProofSettings, token: string) {
  const delivery = { headers: { authorization: `Bearer ${token}` }, body: Buffer.from('{}') };
  return schemeOf(settings).proof(delivery, [], now);
}

test.each<[string, object]>([
  ['another audience', { aud: 'someone else' }],
  ['no audience', { aud: undefined }],
  ['a claim that is missing', { email_verified: undefined }],
  ['a claim with another value', { email_verified: 'true' }],
  ['no expiry', { exp: undefined }],
  ['a time that has not come', { nbf: seconds + 3600 }],
])('a token with %s is refused', async (_, changes) => {
  const settings = await published(keySet);
  expect(await prove(settings, jwtBy(pair, 'RS256', good))).toEqual({ proven: true });
  expect(await prove(settings, jwtBy(pair, 'RS256', { ...good, ...changes }))).toEqual({
    proven: false,
    why: 'unproven',
  });
});

test('a key that is not published proves nothing, and neither does none', async () => {
  const settings = await published(keySet);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(good)).toString('base64url')}.`;
  for (const token of [jwtBy(stranger, 'RS256', good), unsigned, 'a.b.c', '..']) {
    expect(await prove(settings, token)).toEqual({ proven: false, why: 'unproven' });
  }
});

test('an expired token is told as such', async () => {
  const settings = await published(keySet);
  const expired = jwtBy(pair, 'RS256', { ...good, exp: seconds - 3600 });
  expect(await prove(settings, expired)).toMatchObject({ proven: false, why: 'stale' });
});

test('the published keys are read once', async () => {
  let reads = 0;
  const settings = await published((request, response) => {
    reads += 1;
    keySet(request, response);
  });
  for (let turn = 0; turn < 3; turn += 1) await prove(settings, jwtBy(pair, 'RS256', good));
  expect(reads).toBe(1);
});

test.each<[string, RequestListener]>([
  ['answers 500', (_, response) => response.writeHead(500).end()],
  ['redirects', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['answers something else', (_, response) => response.end('<html>')],
  ['hangs up', (request) => request.socket.destroy()],
  ['never answers', () => undefined],
])('fault 71: an address that %s is an internal failure: the sender repeats the event', async (_, listener) => {
  const settings = await published(listener);
  await expect(prove(settings, jwtBy(pair, 'RS256', good))).rejects.toMatchObject({ code: 'secret-unavailable' });
});

test('Google Cloud Pub/Sub: issuer, audience and service account', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return Response.json({ keys: [jwkOf(pair)] });
  });
  const settings: ProofSettings = { scheme: 'google-pubsub', audience: 'us', email: 'push@project.example' };
  const claims = { ...good, iss: 'https://accounts.google.com', email: 'push@project.example' };
  expect(await prove(settings, jwtBy(pair, 'RS256', claims))).toEqual({ proven: true });
  for (const wrong of [
    { iss: 'https://other.example' },
    { email: 'other@project.example' },
    { email_verified: false },
  ]) {
    expect((await prove(settings, jwtBy(pair, 'RS256', { ...claims, ...wrong }))).proven).toBe(false);
  }
  expect(new Set(asked)).toEqual(new Set(['https://www.googleapis.com/oauth2/v3/certs']));
});
