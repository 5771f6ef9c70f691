/** The HTTP API: what it answers, to whom, and that it answers nothing else. */
import { describe, expect, test } from 'vitest';
import { failOnce } from '../fakes/faulty.ts';
import { requestId } from '../fakes/gateway.ts';
import { World } from '../fakes/world.ts';
import { ask, bank } from './gateway-event.ts';

const good = {
  program: 'program-a',
  holder: 'ada@example.com',
  claims: { tier: 'Gold' },
  occurredAt: '2026-11-22T08:00:00.000Z',
};
const body = JSON.stringify(good);
const asBank = { authorization: `Bearer ${bank.token}` };

describe('POST /v1/issuances', () => {
  test('answers 202 with the issuance, without holder and claims, when it is durable and queued', async () => {
    const world = new World();
    const answer = await ask(world, { body });
    const [issuance] = world.store.all();
    expect(answer.status).toBe(202);
    expect(answer.headers).toMatchObject({ location: `/v1/issuances/${issuance?.id}`, 'cache-control': 'no-store' });
    expect(answer.json).toMatchObject({ id: issuance?.id, status: 'queued', program: 'program-a', attempts: 0 });
    expect(answer.text).not.toMatch(/ada|Gold|event-1/);
    expect(world.queue.bodies).toHaveLength(1);
  });

  test('fault 9: repeated gives the first answer again, marked as such', async () => {
    const world = new World();
    const first = await ask(world, { body });
    const again = await ask(world, { body });
    expect([again.status, again.json]).toEqual([202, first.json]);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
  });

  test('fault 11: takes a body the gateway has encoded', async () => {
    const encoded = Buffer.from(body).toString('base64');
    expect((await ask(new World(), { body: encoded, base64: true })).status).toBe(202);
  });

  test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json ;x=y'])(
    'takes %s',
    async (type) => {
      expect((await ask(new World(), { body, headers: { 'content-type': type } })).status).toBe(202);
    },
  );

  test.each<[string, Parameters<typeof ask>[1], number, string]>([
    ['no token', { headers: { authorization: undefined } }, 401, 'unauthorized'],
    ['another token', { headers: { authorization: `Bearer iob_${'x'.repeat(43)}` } }, 401, 'unauthorized'],
    ['another scheme', { headers: { authorization: 'Basic YTpi' } }, 401, 'unauthorized'],
    ['no key', { headers: { 'idempotency-key': undefined } }, 400, 'idempotency-key-missing'],
    ['a bad key', { headers: { 'idempotency-key': 'é' } }, 400, 'idempotency-key-invalid'],
    ['no content type', { headers: { 'content-type': undefined } }, 415, 'content-type-unsupported'],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'content-type-unsupported'],
    ['json5', { headers: { 'content-type': 'application/json5' } }, 415, 'content-type-unsupported'],
    ['gzip', { headers: { 'content-encoding': 'gzip' } }, 415, 'content-encoding-unsupported'],
    ['no body', { body: '' }, 400, 'request-not-json'],
    ['half a body', { body: body.slice(0, -1) }, 400, 'request-not-json'],
    [
      'bytes that are no UTF-8',
      { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), base64: true },
      400,
      'request-not-json',
    ],
    ['fault 30: 65,537 bytes', { body: `${' '.repeat(65_537 - body.length)}${body}` }, 413, 'request-too-large'],
    ['fault 30: 65,537 bytes in fewer characters', { body: `"${'é'.repeat(32_768)}"` }, 413, 'request-too-large'],
    ['a list', { body: '[]' }, 422, 'request-invalid'],
    ['fault 30: 30,000 brackets', { body: '['.repeat(30_000) + ']'.repeat(30_000) }, 422, 'request-too-deep'],
    ['an unknown program', { body: JSON.stringify({ ...good, program: 'x' }) }, 422, 'program-unknown'],
    ['no address', { body: JSON.stringify({ ...good, holder: 'x' }) }, 422, 'holder-invalid'],
    ['wrong claims', { body: JSON.stringify({ ...good, claims: { wrong: 1 } }) }, 422, 'claims-invalid'],
    ['no date', { body: JSON.stringify({ ...good, occurredAt: undefined }) }, 422, 'occurred-at-invalid'],
    [
      'a future date',
      { body: JSON.stringify({ ...good, occurredAt: '2030-01-01T00:00:00Z' }) },
      422,
      'occurred-at-in-future',
    ],
  ])('%s is refused before anything is stored or queued', async (_name, request, status, code) => {
    const world = new World();
    const answer = await ask(world, { body, ...request });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ type: `urn:issue-on-behalf:problem:${code}`, status });
    expect(answer.json.advice).toEqual(expect.any(String));
    expect([...world.store.all(), ...world.slots.all(), ...world.queue.bodies]).toEqual([]);
    expect(world.log.of('request-refused')).toEqual([{ event: 'request-refused', code, requestId }]);
  });

  test('exactly 64 KB are taken', async () => {
    expect((await ask(new World(), { body: `${' '.repeat(65_536 - body.length)}${body}` })).status).toBe(202);
  });

  test('fault 12: a key with another payload is 422, and says that the first is untouched', async () => {
    const world = new World();
    await ask(world, { body });
    const answer = await ask(world, { body: JSON.stringify({ ...good, claims: {} }) });
    expect([answer.status, answer.json.code]).toEqual([422, 'idempotency-key-reused']);
    expect(world.store.all()).toHaveLength(1);
  });

  test('fault 13: a queue that is down is 503, and the repeat is accepted', async () => {
    const world = new World();
    const down = world.ports(failOnce('queue.send', 'before', new Error('down')));
    const answer = await ask(world, { body }, { queue: down.queue });
    expect([answer.status, answer.json.code, answer.headers['retry-after']]).toEqual([503, 'service-unavailable', '5']);
    expect((await ask(world, { body })).status).toBe(202);
    expect(world.queue.bodies).toHaveLength(1);
  });

  test('an unexpected error is 500 without a word of it', async () => {
    const world = new World();
    const broken = {
      find: () => {
        throw new TypeError('ada@example.com');
      },
    };
    const answer = await ask(world, { body }, { programs: broken });
    expect([answer.status, answer.json.code]).toEqual([500, 'internal-error']);
    expect(answer.text + JSON.stringify(world.log.entries)).not.toContain('ada');
    expect(world.log.of('unexpected-error')).toMatchObject([{ name: 'TypeError', where: 'trigger' }]);
  });
});

describe('GET /v1/issuances/{id}', () => {
  test('fault 40: shows it to its source, and to nobody else that it exists', async () => {
    const world = new World();
    const { json } = await ask(world, { body });
    const path = `/v1/issuances/${json.id}`;
    expect((await ask(world, { method: 'GET', path })).json).toEqual(json);
    const foreign = await ask(world, { method: 'GET', path, headers: asBank });
    const unknown = await ask(world, { method: 'GET', path: `/v1/issuances/iss_${'x'.repeat(27)}` });
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
    expect((await ask(world, { method: 'GET', path, headers: { authorization: undefined } })).status).toBe(401);
  });

  test.each(['iss_x', '..', '%2e%2e', 'SLOT%23program', `iss_${'x'.repeat(28)}`])(
    'fault 40: %s is 404 without a look',
    async (id) => {
      const calls: string[] = [];
      const world = new World();
      const { store } = world.ports(({ call }) => void calls.push(call));
      expect((await ask(world, { method: 'GET', path: `/v1/issuances/${id}` }, { store })).status).toBe(404);
      expect(calls).toEqual([]);
    },
  );
});

describe('GET /v1/issuances', () => {
  test('fault 40: lists a source’s own by status, page by page', async () => {
    const world = new World();
    for (let n = 0; n < 5; n += 1) await ask(world, { body, headers: { 'idempotency-key': `event-${n}` } });
    await ask(world, { body, headers: asBank });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { status: 'queued', limit: '2', ...(cursor !== undefined && { cursor }) };
      const { status, json } = await ask(world, { method: 'GET', query });
      expect(status).toBe(200);
      seen.push(...json.issuances.map(({ id }: { id: string }) => id));
      cursor = json.next;
    } while (cursor !== undefined);
    const own = world.store.all().filter(({ source }) => source === 'shop');
    expect(seen.toSorted()).toEqual(own.map(({ id }) => id).toSorted());
  });

  test.each<[string, Record<string, string>]>([
    ['no status', {}],
    ['an unknown status', { status: 'done' }],
    ['a status of Object', { status: 'constructor' }],
    ['a limit of 0', { status: 'queued', limit: '0' }],
    ['a limit of 101', { status: 'queued', limit: '101' }],
    ['a limit that is none', { status: 'queued', limit: '1e1' }],
    ['a cursor that is none', { status: 'queued', cursor: 'abc' }],
    ['a cursor beyond the end', { status: 'queued', cursor: Buffer.from('~').toString('base64url') }],
    ['another source', { status: 'queued', source: 'bank' }],
  ])('with %s is 400', async (_name, query) => {
    const answer = await ask(new World(), { method: 'GET', query });
    expect([answer.status, answer.json.code]).toEqual([400, 'query-invalid']);
  });
});

describe('everything else', () => {
  test('health needs no token', async () => {
    const answer = await ask(new World(), { method: 'GET', path: '/v1/health', headers: { authorization: undefined } });
    expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
  });

  test.each(['/', '/v1', '/v1/issuances/', '/v1/issuances/a/b', '/v2/issuances', '/v1/health/x'])(
    '%s is 404',
    async (path) => {
      expect((await ask(new World(), { method: 'GET', path })).json.code).toBe('route-not-found');
    },
  );

  test.each([
    ['DELETE', '/v1/issuances', 'POST, GET, HEAD'],
    ['POST', '/v1/health', 'GET, HEAD'],
    ['HEAD', '/v1/events/shop', 'POST'],
    ['toString', '/v1/issuances', 'POST, GET, HEAD'],
  ])('%s %s is 405', async (method, path, allow) => {
    const answer = await ask(new World(), { method, path });
    expect([answer.status, answer.headers['allow']]).toEqual([405, allow]);
  });

  test.each([undefined, 'credentials', 'partner/credentials'])(
    'fault 65: behind a custom domain, mapping key %s, everything answers as without one',
    async (mappingKey) => {
      const world = new World();
      const base = mappingKey === undefined ? '' : `/${mappingKey}`;
      const made = await ask(world, { body, mappingKey });
      expect([made.status, made.headers['location']]).toEqual([202, `${base}/v1/issuances/${made.json.id}`]);
      const path = `/v1/issuances/${made.json.id}`;
      expect((await ask(world, { method: 'GET', path, mappingKey })).json.id).toBe(made.json.id);
      const deleted = await ask(world, { method: 'DELETE', path, mappingKey });
      expect([deleted.status, deleted.headers['allow']]).toEqual([405, 'GET, HEAD']);
      expect((await ask(world, { method: 'GET', path: '/v1/nowhere', mappingKey })).status).toBe(404);
    },
  );
});
