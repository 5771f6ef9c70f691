/** What a sender asks before it sends events: each challenge is answered as its sender wants it, and no other. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ChallengeSettings } from '../../lib/sources/challenges/settings.ts';
import type { ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import { plainEvent, sourceWith } from '../fakes/deliveries.ts';
import { mac, seconds, textSecret } from '../fakes/signers/signer.ts';
import { World } from '../fakes/world.ts';
import { ask, type GatewayRequest } from './gateway-event.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const secret = textSecret();
const verifyToken = textSecret();

interface Setting {
  proof?: ProofSettings;
  challenge?: ChallengeSettings;
  secrets?: string[];
}

/** Asks the endpoint of a source `shop`. */
async function asked(request: GatewayRequest, setting: Setting) {
  const { proof = { scheme: 'meta' }, challenge, secrets = [secret] } = setting;
  const shop: SourceSettings = { ...sourceWith(proof), challenge };
  const text = async () => ({ text: JSON.stringify({ shop: secrets }) });
  const world = new World();
  const ports = { sources: { shop }, sourceSecrets: { read: text, refresh: text } };
  const request_ = { path: '/v1/events/shop', ...request };
  const answer = await ask(world, { ...request_, headers: { authorization: undefined, ...request.headers } }, ports);
  expect([world.queue.bodies, world.store.all()]).toEqual([[], []]);
  return answer;
}

const now = new World().clock.now();
const signed = (prefix: 'x-slack' | 'x-zm', body: string, key = secret) => ({
  [`${prefix}-request-timestamp`]: seconds(now),
  [`${prefix}-signature`]: `v0=${mac(key, `v0:${seconds(now)}:${body}`)}`,
});

describe('Slack', () => {
  const body =
    '{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}';
  const slack: Setting = { proof: { scheme: 'slack' }, challenge: { kind: 'slack' } };

  test('gets its text again, once it is proven', async () => {
    const answer = await asked({ body, headers: signed('x-slack', body) }, slack);
    expect(answer).toMatchObject({ status: 200, text: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' });
  });

  test('a stranger gets nothing', async () => {
    const answer = await asked({ body, headers: signed('x-slack', body, textSecret()) }, slack);
    expect(answer).toMatchObject({ status: 401, json: { code: 'source-unverified' } });
  });

  test.each(['<script>', '"', 'a\nb', '', 'x'.repeat(513)])('%j is not repeated', async (challenge) => {
    const odd = JSON.stringify({ type: 'url_verification', challenge });
    expect((await asked({ body: odd, headers: signed('x-slack', odd) }, slack)).status).not.toBe(202);
  });
});

describe('fault 70: Zoom', () => {
  const zoom: Setting = { proof: { scheme: 'zoom' }, challenge: { kind: 'zoom' } };
  const body = (plainToken: string) => JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken } });

  test.each([0, 1])('gets its token signed with the secret that it uses, of two that are live', async (index) => {
    const secrets = [textSecret(), textSecret()];
    const key = secrets[index] ?? '';
    const token = 'qgg8vlvZRS6UYooatFL8Aw';
    const answer = await asked({ body: body(token), headers: signed('x-zm', body(token), key) }, { ...zoom, secrets });
    expect(answer).toMatchObject({ status: 200, json: { plainToken: token, encryptedToken: mac(key, token) } });
  });

  test('signs nothing for a stranger', async () => {
    const answer = await asked({ body: body('token'), headers: {} }, zoom);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(mac(secret, 'token'));
  });

  test.each([`v0:${seconds(now)}:{}`, JSON.stringify(plainEvent), 'a b', 'x'.repeat(129)])(
    'signs nothing that could be an event: %j',
    async (text) => {
      const answer = await asked({ body: body(text), headers: signed('x-zm', body(text)) }, zoom);
      expect(answer.text).not.toContain(mac(secret, text));
      expect(answer.status).not.toBe(200);
    },
  );
});

test('Twitch gets its text again', async () => {
  const body = '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{}}';
  const [id, time] = ['msg_1', now.toISOString()];
  const answer = await asked(
    {
      body,
      headers: {
        'twitch-eventsub-message-id': id,
        'twitch-eventsub-message-timestamp': time,
        'twitch-eventsub-message-type': 'webhook_callback_verification',
        'twitch-eventsub-message-signature': `sha256=${mac(secret, `${id}${time}${body}`)}`,
      },
    },
    { proof: { scheme: 'twitch' }, challenge: { kind: 'twitch' } },
  );
  expect(answer).toMatchObject({ status: 200, text: 'pogchamp-kappa-360noscope-vohiyo' });
});

describe('Meta', () => {
  const meta: Setting = { challenge: { kind: 'meta', tokenSha256: sha256(verifyToken) } };
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' };

  test('gets its number again if it knows the verify token', async () => {
    expect(await asked({ method: 'GET', query }, meta)).toMatchObject({ status: 200, text: '1158201444' });
  });

  test.each<[string, Record<string, string>]>([
    ['another verify token', { ...query, 'hub.verify_token': textSecret() }],
    ['another mode', { ...query, 'hub.mode': 'unsubscribe' }],
    ['markup', { ...query, 'hub.challenge': '<b>' }],
    ['nothing', {}],
  ])('gets nothing with %s', async (_, given) => {
    const answer = await asked({ method: 'GET', query: given }, meta);
    expect(answer).toMatchObject({ status: 401, json: { code: 'source-unverified' } });
    expect(answer.text).not.toContain('<b>');
  });
});

test('Okta gets its text in JSON', async () => {
  const setting: Setting = { proof: { scheme: 'okta' }, challenge: { kind: 'okta' } };
  const headers = { 'x-okta-verification-challenge': 'a0b1c2-d3' };
  const answer = await asked({ method: 'GET', headers }, setting);
  expect(answer).toMatchObject({ status: 200, json: { verification: 'a0b1c2-d3' } });
  expect((await asked({ method: 'HEAD', headers }, setting)).text).toBe('');
});

test('Dropbox gets its text', async () => {
  const answer = await asked({ method: 'GET', query: { challenge: 'abc-123' } }, { challenge: { kind: 'dropbox' } });
  expect(answer).toMatchObject({ status: 200, text: 'abc-123' });
});

describe('CloudEvents', () => {
  const events: Setting = { challenge: { kind: 'cloud-events', origins: ['eventgrid.azure.net'] } };
  const from = (origin: string) => ({ method: 'OPTIONS', headers: { 'webhook-request-origin': origin } });

  test('a listed origin may send', async () => {
    const { status, headers, text } = await asked(from('eventgrid.azure.net'), events);
    expect([status, text]).toEqual([200, '']);
    expect(headers).toMatchObject({
      'webhook-allowed-origin': 'eventgrid.azure.net',
      'webhook-allowed-rate': '120',
      allow: 'POST',
    });
  });

  test('another may not', async () => {
    const { status, headers } = await asked(from('evil.example'), events);
    expect(status).toBe(401);
    expect(headers['webhook-allowed-origin']).toBeUndefined();
  });
});

describe('a sender with a token in the path', () => {
  const token = textSecret();
  const setting: Setting = { proof: { scheme: 'path-token' }, secrets: [sha256(token)] };
  const validation = [
    { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: '512d38b6' } },
  ];

  test.each([
    ['right', token, 200],
    ['wrong', textSecret(), 401],
  ])('Event Grid’s and Microsoft Graph’s challenges with the %s token', async (_, inPath, status) => {
    const path = `/v1/events/shop/${inPath}`;
    const eventGrid = await asked(
      { path, body: JSON.stringify(validation), headers: { 'aeg-event-type': 'SubscriptionValidation' } },
      { ...setting, challenge: { kind: 'event-grid' } },
    );
    expect(eventGrid.status).toBe(status);
    if (status === 200) expect(eventGrid.json).toEqual({ validationResponse: '512d38b6' });
    const validationToken = 'Validation: Testing client application reachability for subscription Request-Id: 461d07f3';
    const graph = await asked(
      { path, query: { validationToken }, headers: { 'content-type': 'text/plain' } },
      { ...setting, challenge: { kind: 'microsoft-graph' } },
    );
    expect(graph.status).toBe(status);
    if (status === 200) expect(graph.text).toBe(validationToken);
  });

  test.each([
    ['right', token, 200],
    ['wrong', textSecret(), 401],
  ])('OPTIONS with the %s token', async (_, inPath, status) => {
    const answer = await asked(
      { method: 'OPTIONS', path: `/v1/events/shop/${inPath}`, headers: { 'webhook-request-origin': 'a.example' } },
      { ...setting, challenge: { kind: 'cloud-events', origins: ['a.example'] } },
    );
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(inPath);
  });
});

describe('a source without a challenge', () => {
  test.each(['GET', 'HEAD', 'OPTIONS'])('answers %s like a source that is not there', async (method) => {
    const known = await asked({ method }, {});
    const unknown = await asked({ method, path: '/v1/events/nobody' }, {});
    expect(known.status).toBe(405);
    expect([unknown.status, unknown.text, unknown.headers]).toEqual([known.status, known.text, known.headers]);
    expect(known.headers['allow']).toBe('POST');
  });
});
