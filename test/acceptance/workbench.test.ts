/** The commands with which rules are developed, against the running local system. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findTarget } from '../../tools/command-line/target.ts';
import { unusableDeliveries } from '../../tools/listen/unusable-stream.ts';
import { listUnusable, unusableIn } from '../../tools/unusable/events.ts';
import { startListener } from './listener.ts';
import { type Operator, startOperator } from './local-operator.ts';

vi.setConfig({ testTimeout: 300_000 });

let operator: Operator;

beforeAll(async () => {
  operator = await startOperator();
});
afterAll(() => operator.system.stop());

const sources = ['kyc-vendor', 'payments', 'shop', 'ticketing', 'business-wallets', 'loyalty-system'];

interface Sent {
  answer: { status: number; replayed: boolean; body: { id?: string; rule?: string; code?: string; ignored?: boolean } };
  changed: string[];
}

async function trigger(...args: string[]): Promise<{ status: number; sent: Sent[] }> {
  const { status, text } = await operator.run('trigger', '--json', ...args);
  return { status, sent: JSON.parse(text) as Sent[] };
}

test('iob trigger: the examples of every source are taken as if their senders had sent them, and are new each time', async () => {
  const ids = new Set<string>();
  for (const source of [...sources, 'payments', 'shop']) {
    const { sent } = await trigger(source);
    const taken = sent.filter(({ answer }) => answer.status === 202);
    expect([source, taken.length > 0, sent.some(({ answer }) => answer.status === 401)]).toEqual([source, true, false]);
    for (const { answer } of taken) {
      expect([source, answer.replayed, ids.has(answer.body.id ?? '')]).toEqual([source, false, false]);
      ids.add(answer.body.id ?? expect.unreachable());
    }
  }
});

test('iob trigger --same: the event is sent as it is, and the second time it is a replay', async () => {
  const wanted = ['payments', '--example', 'invoice-paid', '--same'];
  const [first, second] = [await trigger(...wanted), await trigger(...wanted)];
  expect([first.status, first.sent[0]?.answer.replayed]).toEqual([0, false]);
  expect([second.status, second.sent[0]?.answer.replayed]).toEqual([0, true]);
  expect(second.sent[0]?.answer.body.id).toBe(first.sent[0]?.answer.body.id);
  expect(second.sent[0]?.changed).toEqual([]);
});

test('iob trigger --event --override: your own event, changed', async () => {
  const file = join(operator.stateDir, 'event.json');
  writeFileSync(file, '{"action":"tier_changed","changed_at":"2026-11-20T12:00:00Z","member":{"points":1},"tier":{}}');
  const overrides = ['member.email=hedy@example.com', 'tier.to=Silver', 'member.since=2020-01-01', 'member.points=77'];
  const args = overrides.flatMap((override) => ['--override', override]);
  const { status, sent } = await trigger('loyalty-system', '--event', file, ...args);
  expect([status, sent[0]?.answer.body.rule]).toEqual([0, 'tier-changed']);
  const item = (await operator.items()).find(({ id }) => id === sent[0]?.answer.body.id);
  expect(JSON.stringify(item)).toContain('"points\\":77');
});

test('iob trigger: what is refused is said with its advice, and ends with 1', async () => {
  const { status, text } = await operator.run('trigger', 'loyalty-system', '--example', 'tier-unknown');
  expect(status).toBe(1);
  expect(text).toMatch(/tier-unknown\.json to loyalty-system: \d+ claims-invalid.*\n {2}advice /);
});

test.each<[string, string[], string]>([
  ['an unknown source', ['nobody'], 'The environment local has no source nobody'],
  ['an unknown example', ['shop', '--example', '../../dev'], 'shop has no example ../../dev (there are: orders-'],
  ['an override without a value', ['shop', '--override', 'a'], '--override has no = after a'],
  ['a folder as an event', ['shop', '--event', 'config'], 'config is not a file'],
  ['both kinds of events', ['shop', '--event', 'x', '--example', 'y'], 'cannot be used with'],
])('iob trigger: %s is refused in one line', async (_, args, message) => {
  const { status, text } = await operator.run('trigger', ...args);
  expect(status).toBe(2);
  expect(text).toContain(message);
});

test('iob trigger: a wrong secret is refused as unverified, and is not printed', async () => {
  const secretFile = join(operator.stateDir, 'secret');
  writeFileSync(secretFile, 'whsec_not-the-right-secret-at-all');
  const wanted = ['payments', '--example', 'invoice-paid', '--secret-file', secretFile];
  const { status, text } = await operator.run('trigger', ...wanted);
  expect([status, text.includes('401 source-unverified')]).toEqual([1, true]);
  expect(text).not.toContain('not-the-right');
});

test('iob listen: events as they arrive, over the API and over the queue, and again after each save', async () => {
  const config = join(operator.stateDir, 'config');
  cpSync('config', config, { recursive: true });
  await trigger('loyalty-system', '--example', 'tier-changed', '--override', 'member.email=earlier@example.com');
  const listener = startListener('loyalty-system', operator.stateDir, config);
  const heard = (what: string) => listener.lines().filter((line) => line['what'] === what);
  const holding = (what: string, text: string) => heard(what).filter((line) => JSON.stringify(line).includes(text));
  // Sent before it listened.
  await operator.until('the earlier event', async () => holding('event', 'earlier@example.com').length === 1);
  await trigger('loyalty-system', '--example', 'tier-changed', '--override', 'member.email=later@example.com');
  const body = readFileSync('config/examples/loyalty-system/tier-changed.json', 'utf8');
  await operator.send(body.replace('barbara@', 'queued@'), 'loyalty-system');
  await trigger('payments', '--example', 'invoice-paid');
  await operator.until('the later event', async () => holding('event', 'later@example.com').length === 1);
  await operator.until('the message', async () => holding('event', '"by":"message"').length === 1);
  expect(holding('event', 'queued@example.com')).toMatchObject([{ now: { trial: { rule: 'tier-changed' } } }]);
  expect(holding('event', 'invoice')).toEqual([]);
  const count = heard('event').length;
  const file = join(config, 'local.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace("action = 'tier_changed'", "action = 'another'"));
  await operator.until('all events again', async () => heard('again').length === 1);
  const [again] = heard('again') as { events: { differs: boolean; now: { trial: { outcome: string } } }[] }[];
  expect(again?.events.length).toBe(count);
  expect(again?.events.every(({ now }) => now.trial.outcome === 'ignored')).toBe(true);
  writeFileSync(file, text.slice(1));
  await operator.until('the damaged file', async () => heard('configuration-unusable').length === 1);
  writeFileSync(file, text);
  await operator.until('the corrected file', async () => heard('again').length === 2);
  expect(await listener.stop()).toBe(0);
  expect(listener.said()).toContain('Listening for events of loyalty-system');
});

test('iob listen of a deployed environment: what could not be used, with the permissions of its policy alone', async () => {
  await trigger('kyc-vendor', '--example', 'applicant-without-address');
  const kept = unusableIn(await findTarget('local', operator.stateDir, 'listen'));
  const stopping = new AbortController();
  const deliveries = unusableDeliveries({
    list: () => listUnusable(kept, 'kyc-vendor'),
    get: (id) => kept.get(id),
    signal: stopping.signal,
    onTooLarge: () => expect.unreachable(),
    everyMs: 100,
  });
  const { value } = await deliveries.next();
  stopping.abort();
  expect(value).toMatchObject({ source: 'kyc-vendor', by: 'webhook', answer: { status: 200 } });
  expect(Buffer.from(value?.body ?? '', 'base64').toString('utf8')).toContain('customer-4711');
});
