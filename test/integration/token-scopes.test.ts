/** What a token may do at each endpoint: its scopes and nothing else, and only with its own source's issuances. */

import { beforeEach, describe, expect, test } from 'vitest';
import { issuanceId } from '../../lib/issuance/ids.ts';
import { newToken, type Scope, scopes } from '../../lib/sources/api-tokens.ts';
import { issuanceId as id, issuanceIn } from '../fakes/issuance-in.ts';
import { World } from '../fakes/world.ts';
import { ask, type GatewayRequest } from './gateway-event.ts';

const body = JSON.stringify({
  program: 'program-a',
  holder: 'ada@example.com',
  claims: {},
  occurredAt: '2026-11-22T08:00:00.000Z',
});
const requests: Record<string, { scope: Scope; request: GatewayRequest; status: number }> = {
  'asking for a credential': { scope: 'issue', request: { body }, status: 202 },
  'looking at one': { scope: 'read', request: { method: 'GET', path: `/v1/issuances/${id}` }, status: 200 },
  'listing them': {
    scope: 'read',
    request: { method: 'GET', path: '/v1/issuances', query: { status: 'failed' } },
    status: 200,
  },
  'retrying one': { scope: 'operate', request: { path: `/v1/issuances/${id}/retry` }, status: 202 },
};

let world: World;

beforeEach(() => {
  world = new World();
  world.store.put(issuanceIn('failed', { reason: { code: 'provider-rejected-claims' } }));
});

/** The answer to a token of the shop with these scopes only. */
function askWith(allowed: readonly Scope[], request: GatewayRequest) {
  const { token, entry } = newToken('shop', allowed);
  const text = JSON.stringify({ tokens: [entry] });
  const apiTokens = { read: async () => ({ text }), refresh: async () => ({ text }) };
  return ask(world, { ...request, headers: { authorization: `Bearer ${token}` } }, { apiTokens });
}

describe.each(Object.entries(requests))('%s', (_what, { scope, request, status }) => {
  test('takes the one scope for it', async () => {
    expect((await askWith([scope], request)).status).toBe(status);
  });

  test('is refused with every other, and nothing happens', async () => {
    const before = structuredClone(world.store.all());
    const answer = await askWith(
      scopes.filter((each) => each !== scope),
      request,
    );
    expect([answer.status, answer.json.code]).toEqual([403, 'scope-missing']);
    expect([world.store.all(), world.queue.bodies]).toEqual([before, []]);
  });
});

test('fault 40: a list has none of another source, whatever the table gives', async () => {
  world.store.put(issuanceIn('failed', { id: issuanceId(`iss_${'b'.repeat(27)}`), source: 'bank' }));
  const careless = { ...world.store, list: async () => ({ issuances: world.store.all() }) };
  const request = { method: 'GET', path: '/v1/issuances', query: { status: 'failed' } };
  expect((await ask(world, request, { store: careless })).json.issuances).toMatchObject([{ id }]);
});
