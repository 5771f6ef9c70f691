/** The edge of the HTTP API: HEAD, request ids, why a token was refused, and the document with its address and version. */
import { describe, expect, test } from 'vitest';
import { newToken } from '../../lib/sources/api-tokens.ts';
import { apiDocument } from '../fakes/api-document.ts';
import { requestId } from '../fakes/gateway.ts';
import { issuanceId, issuanceIn } from '../fakes/issuance-in.ts';
import { World } from '../fakes/world.ts';
import { ask, shop } from './gateway-event.ts';

const one = `/v1/issuances/${issuanceId}`;
const document = '/v1/openapi.json';

function worldWithOne(): World {
  const world = new World();
  world.store.put(issuanceIn('failed', { reason: { code: 'provider-rejected-claims' } }));
  return world;
}

describe('HEAD', () => {
  test.each([
    ['an issuance', { path: one }, 200],
    ['a page', { path: '/v1/issuances', query: { status: 'failed' } }, 200],
    ['a page that cannot be', { path: '/v1/issuances', query: {} }, 400],
    ['an unknown issuance', { path: `/v1/issuances/iss_${'x'.repeat(27)}` }, 404],
    ['health', { path: '/v1/health' }, 200],
    ['the document', { path: document }, 200],
    ['a path that does not exist', { path: '/v1/nowhere' }, 404],
  ])('for %s has the status and the headers of GET, and no body', async (_name, request, status) => {
    const get = await ask(worldWithOne(), { method: 'GET', ...request });
    const head = await ask(worldWithOne(), { method: 'HEAD', ...request });
    expect([head.status, head.headers, head.text]).toEqual([status, get.headers, '']);
    expect(get.text).not.toBe('');
  });

  test('needs the token that GET needs', async () => {
    const request = { method: 'HEAD', path: one, headers: { authorization: undefined } };
    expect((await ask(worldWithOne(), request)).status).toBe(401);
  });
});

test.each([
  ['a success', { method: 'GET', path: one }],
  ['a refusal', { method: 'GET', path: '/v1/issuances' }],
  ['a path that does not exist', { path: '/' }],
  ['the document', { method: 'GET', path: document }],
])('%s has the id of the request', async (_name, request) => {
  expect((await ask(worldWithOne(), request)).headers['x-request-id']).toBe(requestId);
});

describe('www-authenticate', () => {
  const realm = 'Bearer realm="issue-on-behalf"';

  test.each([
    ['no token', undefined, realm],
    ['another scheme', 'Basic YTpi', realm],
    ['a token that is not known', `Bearer ${'x'.repeat(43)}`, `${realm}, error="invalid_token"`],
    ['half a token', 'Bearer x', `${realm}, error="invalid_token"`],
  ])('with %s', async (_name, authorization, challenge) => {
    const answer = await ask(worldWithOne(), { method: 'GET', path: one, headers: { authorization } });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, challenge]);
  });

  test('names the scope that the token lacks', async () => {
    const { token, entry } = newToken('shop', ['issue']);
    const secret = async () => ({ text: JSON.stringify({ tokens: [entry] }) });
    const request = { path: `${one}/retry`, headers: { authorization: `Bearer ${token}` } };
    const answer = await ask(worldWithOne(), request, { apiTokens: { read: secret, refresh: secret } });
    const challenge = `${realm}, error="insufficient_scope", scope="operate"`;
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([403, challenge]);
  });

  test('does not tell a webhook the scheme of its source, or whether the source exists', async () => {
    const request = { path: '/v1/events/unknown', headers: { authorization: `Bearer ${shop.token}` } };
    const answer = await ask(new World(), request);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, realm]);
  });

  test('is not in other refusals', async () => {
    expect((await ask(new World(), { method: 'GET' })).headers).not.toHaveProperty('www-authenticate');
  });
});

describe('the document', () => {
  const ports = { apiDocument: () => JSON.stringify(apiDocument) };
  const get = (mappingKey?: string, ifNoneMatch?: string, from: object = ports) =>
    ask(
      new World(),
      {
        method: 'GET',
        path: document,
        mappingKey,
        headers: { 'if-none-match': ifNoneMatch, authorization: undefined },
      },
      from,
    );

  test.each([undefined, 'credentials', 'partner/credentials'])(
    'fault 65: has the address at which it was requested, mapping key %s',
    async (mappingKey) => {
      const { json } = await get(mappingKey);
      expect(json.servers).toEqual([{ url: `https://api.example.com${mappingKey ? `/${mappingKey}` : ''}` }]);
      expect(json.paths).toEqual(apiDocument.paths);
    },
  );

  test('is not sent again to those who have it', async () => {
    const { headers } = await get();
    const etag = String(headers['etag']);
    for (const known of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
      const again = await get(undefined, known);
      expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', etag]);
      expect(again.headers).not.toHaveProperty('content-type');
    }
    for (const other of ['"another"', etag.replaceAll('"', '')]) expect((await get(undefined, other)).status).toBe(200);
  });

  test('has another version when it, or its address, is another', async () => {
    const changed = { apiDocument: () => JSON.stringify({ ...apiDocument, info: {} }) };
    const answers = [await get(), await get('credentials'), await get(undefined, undefined, changed)];
    expect(new Set(answers.map(({ headers }) => headers['etag'])).size).toBe(3);
  });
});
