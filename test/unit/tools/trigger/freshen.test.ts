/** Every example is made new: the same rule takes it, with another idempotency key and the current time. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadEnvironment } from '../../../../lib/config/load-environment.ts';
import { readEventFile } from '../../../../tools/events/event-file.ts';
import { leavesOf } from '../../../../tools/events/json-text.ts';
import { freshen } from '../../../../tools/trigger/freshen.ts';
import { type Trial, tryEvent } from '../../../../tools/try/event-trial.ts';
import { trialSource } from '../../../../tools/try/trial-source.ts';

const environment = loadEnvironment('local');
const now = new Date('2026-11-27T12:00:00.000Z');
const folder = 'config/examples';

const examples = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: source }) =>
    readdirSync(join(folder, source)).flatMap((file) =>
      /^[^.]+\.json$/.test(file) && file !== 'source.json' ? [[source, file] as const] : [],
    ),
  );

/** How the rules of a source take an event. */
function attemptOf(source: string, headers: Record<string, string>) {
  const file = join(folder, source, 'source.json');
  const { environment: own, settings } = trialSource(source, 'local', existsSync(file) ? file : undefined);
  return (text: string) => tryEvent(own, { source, settings, headers, body: Buffer.from(text), queue: false });
}

async function freshened(source: string, file: string, kept: string[][] = []) {
  const { body, headers } = readEventFile(join(folder, source, file));
  const text = body.toString('utf8');
  const attempt = attemptOf(source, headers);
  const fresh = await freshen({ text, kept, now, attempt });
  return { text, fresh, before: await attempt(text), after: await attempt(fresh.text) };
}

/** The events of a delivery that a rule accepts. */
function acceptedIn(trial: Trial) {
  const events = trial.outcome === 'split' ? trial.events : [trial];
  return events.filter((event) => event.outcome === 'accepted');
}

/** The id of their messages is in a header, and is made new when the event is signed. */
const named = ['ticketing', 'clerk'];

test.each(examples)('%s %s', async (source, file) => {
  const { text, fresh, ...trials } = await freshened(source, file);
  const [before, after] = [acceptedIn(trials.before), acceptedIn(trials.after)];
  if (before.length === 0) {
    expect([fresh, trials.after.outcome]).toEqual([{ text, changed: [] }, trials.before.outcome]);
    return;
  }
  const same = ({ rule, holder, program }: (typeof after)[number]) => ({ rule, holder, program });
  expect(after.map(same)).toEqual(before.map(same));
  expect(after.map(({ occurredAt }) => occurredAt)).toEqual(before.map(() => now.toISOString()));
  const keys = before.map(({ idempotencyKey }) => idempotencyKey);
  if (!named.includes(source)) expect(after.filter(({ idempotencyKey }) => keys.includes(idempotencyKey))).toEqual([]);
  const [old, young] = [leavesOf(text), leavesOf(fresh.text)];
  expect(young.map(({ path }) => path)).toEqual(old.map(({ path }) => path));
  const different = old.filter(({ raw }, index) => raw !== young[index]?.raw);
  expect(different.length).toBe(fresh.changed.length);
  expect(different.length).toBeLessThanOrEqual(4 * before.length);
});

test('only what the time and the key depend on is changed', async () => {
  expect((await freshened('payments', 'invoice-paid.json')).fresh.changed).toEqual(['created', 'id']);
  expect((await freshened('business-wallets', 'wallet-created.json')).fresh.changed).toEqual(['time', 'id']);
  const shop = await freshened('shop', 'orders-paid.json');
  expect(shop.fresh.changed).toEqual(['created_at', 'processed_at', 'admin_graphql_api_id']);
  // Too long for a double, and written as it was.
  expect(shop.fresh.text).toContain('"id": 820982911946154508,');
});

test('a member that was set on the command line stays', async () => {
  const { fresh } = await freshened('payments', 'invoice-paid.json', [['id'], ['created']]);
  expect(fresh.changed).toEqual([]);
});

test('a key that several members make up: the one that is named like an id is changed, not the longest', async () => {
  const example = readFileSync(join(folder, 'business-wallets/wallet-created.json'), 'utf8');
  const text = example.replace('0e2c1f62-3392-462e-a25e-483fa0e2a3a3', 'e-17');
  const attempt = attemptOf('business-wallets', {});
  const fresh = await freshen({ text, kept: [], now, attempt });
  expect(fresh.changed).toEqual(['time', 'id']);
  expect(fresh.text).toContain('"source": "https://wallet.acc.credenco.com"');
});

test('each of several events in one delivery is new', async () => {
  const settings = environment.sources['payments'] ?? expect.unreachable();
  const attempt = (text: string) => {
    const input = { source: 'payments', settings: { ...settings, split: 'events' }, headers: {}, queue: false };
    return tryEvent(environment, { ...input, body: Buffer.from(text) });
  };
  const { body } = readEventFile(join(folder, 'payments/invoice-paid.json'));
  const one = JSON.parse(body.toString('utf8'));
  const text = JSON.stringify({ events: [one, { ...one, created: one.created - 60 }, { type: 'other' }] });
  const fresh = await freshen({ text, kept: [], now, attempt });
  expect(fresh.changed).toEqual(['events[0].created', 'events[1].created']);
  const keysOf = async (event: string) => {
    const trial = await attempt(event);
    if (trial.outcome !== 'split') throw new Error('It is not split');
    return trial.events.flatMap((part) => (part.outcome === 'accepted' ? [part.idempotencyKey] : []));
  };
  const [before, after] = [await keysOf(text), await keysOf(fresh.text)];
  expect([before.length, after.length]).toEqual([2, 2]);
  expect(before.filter((key) => after.includes(key))).toEqual([]);
});
