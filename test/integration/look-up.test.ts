/** From the webhook to the submission, with a directory over HTTP that fails in every way, and with a real table. */

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type DirectorySandbox, startDirectorySandbox } from '@issue-on-behalf/provider-sandboxes/directory';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { directoryTable } from '../../lib/aws/directory-table.ts';
import { connectingFetch } from '../../lib/http/connecting-fetch.ts';
import { publicFetch } from '../../lib/http/public-addresses.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { directoriesOf } from '../../lib/sources/lookups/directories.ts';
import type { LookupSettings } from '../../lib/sources/lookups/settings.ts';
import { submit } from '../../lib/submit/submit.ts';
import { deliver, plainRule, sourceWith } from '../fakes/deliveries.ts';
import { senderOf } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

const token = 'directory-token';
const sender = senderOf('sumsub');
const { holder: _holder, ...rest } = plainRule;
const rule = { ...rest, lookup: 'customer' };
let table: EmbeddedTable;
let sandbox: DirectorySandbox;
let world: World;

beforeAll(async () => {
  table = await startEmbeddedTable();
  sandbox = await startDirectorySandbox({ token, customers: { 'c-7': 'Ada@example.com', 'c-0': null } });
});
afterAll(async () => {
  await sandbox.close();
  await table.close();
});
beforeEach(() => {
  world = new World();
  sandbox.switchboard.reset();
});

const overHttp = (changes = {}): LookupSettings => ({
  type: 'http',
  url: `${sandbox.origin}/customers/{key}`,
  authentication: { type: 'bearer' },
  answer: 'contact.email',
  allowPrivateAddresses: true,
  ...changes,
});

/** The source `vendor`: how its events arrive, and the worker that looks their holders up. */
function vendor(lookup: LookupSettings) {
  const sources = { vendor: { ...sourceWith(sender.proof, [rule]), lookup } };
  const secret = sender.newSecret();
  const read = async () => ({ token });
  const directories = directoriesOf(sources, {
    fetch: connectingFetch(1000),
    publicFetch: publicFetch(1000),
    deadlineMs: 1500,
    readItem: directoryTable(table.client),
    secretOf: () => ({ read, refresh: read }),
    now: () => world.clock.now(),
  });
  return {
    async send(customer: string): Promise<IssuanceId> {
      const body = JSON.stringify({ customer, claims: { tier: 'Gold' }, occurredAt: '2026-11-22T08:00:00Z' });
      const headers = await sender.sign(body, secret, world.clock.now());
      const receiver = { sources, secrets: { vendor: [sender.kept(secret)] } };
      const answer = await deliver(world, receiver, { source: 'vendor', headers, body });
      expect(answer).toMatchObject({ status: 202, json: { status: 'queued', rule: rule.name } });
      return answer.json.id;
    },
    work: (id: IssuanceId, tries = 1) => submit(id, tries, { ...world.ports(), directories }),
  };
}

const stored = (id: IssuanceId) => world.store.get(id);
const submittedTo = () => world.provider.submitted.map(({ holder }) => holder);

describe('fault 68: a directory over HTTP', () => {
  test('names the holder', async () => {
    const { send, work } = vendor(overHttp());
    expect(await work(await send('c-7'))).toEqual({ end: 'done', poll: true });
    expect(submittedTo()).toEqual(['ada@example.com']);
  });

  test.each([
    ['is down', { kind: 'status', status: 503, retryAfter: 30 }, 'lookup-unavailable'],
    ['fails', { kind: 'status', status: 500 }, 'lookup-unavailable'],
    ['does not answer', { kind: 'hang' }, 'lookup-unavailable'],
    ['answers too slowly', { kind: 'slow-drip', everyMs: 400 }, 'lookup-unavailable'],
    ['hangs up', { kind: 'drop' }, 'lookup-unavailable'],
    ['redirects', { kind: 'redirect' }, 'lookup-refused'],
    ['answers with HTML', { kind: 'garbage', body: 'html' }, 'lookup-answer-unusable'],
    ['answers with too much', { kind: 'garbage', body: 'huge', bytes: 200_000 }, 'lookup-answer-unusable'],
  ])('%s once: looked up again, and submitted', async (_, fault, code) => {
    const { send, work } = vendor(overHttp());
    const id = await send('c-7');
    sandbox.switchboard.merge({ faults: { failure: { operation: 'find', next: 1, ...fault } } });
    expect(await work(id)).toMatchObject({ end: 'again' });
    expect(await stored(id)).toMatchObject({ status: 'queued', reason: { code }, lookup: 'c-7' });
    expect(await work(id, 2)).toEqual({ end: 'done', poll: true });
    expect(submittedTo()).toEqual(['ada@example.com']);
  });

  test.each(['c-0', 'c-unknown', 'constructor'])(
    'does not know %s: the event ends, and is not repeated',
    async (key) => {
      const { send, work } = vendor(overHttp());
      const id = await send(key);
      expect(await work(id)).toEqual({ end: 'done', poll: false });
      expect(await stored(id)).toMatchObject({ status: 'failed', reason: { code: 'holder-not-found' } });
      expect(submittedTo()).toEqual([]);
    },
  );

  test('has a private address, which is not allowed: nothing is sent', async () => {
    const { send, work } = vendor(overHttp({ allowPrivateAddresses: false }));
    const id = await send('c-7');
    const before = sandbox.calls().total;
    await work(id);
    expect(await stored(id)).toMatchObject({ reason: { code: 'lookup-refused' } });
    expect(sandbox.calls().total).toBe(before);
  });
});

describe('fault 68: a table as the directory', () => {
  const lookup = (changes = {}): LookupSettings => ({
    type: 'dynamodb',
    table: table.tableName,
    key: "{ 'pk': 'CUSTOMER#' & $key }",
    answer: 'contact.email',
    ...changes,
  });

  test('names the holder, or knows none', async () => {
    const Item = { pk: 'CUSTOMER#c-7', contact: { email: 'ada@example.com' }, statusShard: 'x', due: 'x' };
    await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
    const { send, work } = vendor(lookup());
    expect(await work(await send('c-7'))).toEqual({ end: 'done', poll: true });
    expect(submittedTo()).toEqual(['ada@example.com']);
    const unknown = await send('c-8');
    await work(unknown);
    expect(await stored(unknown)).toMatchObject({ status: 'failed', reason: { code: 'holder-not-found' } });
  });

  test.each([
    ['is not there', { table: 'customers' }, 'ResourceNotFoundException'],
    ['has another key', { key: "{ 'id': $key }" }, 'ValidationException'],
  ])('%s: the issuance waits for the configuration', async (_, changes, detail) => {
    const { send, work } = vendor(lookup(changes));
    const id = await send('c-7');
    expect(await work(id)).toMatchObject({ end: 'again' });
    expect(await stored(id)).toMatchObject({ status: 'queued', reason: { code: 'lookup-refused', detail } });
  });
});
