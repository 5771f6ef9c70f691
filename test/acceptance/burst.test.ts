/** A cold start with everything at once: a poison message in a batch, then a thousand events. */
import pMap from 'p-map';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, kyc, type Operator, startOperator } from './local-operator.ts';

const poison = 'no JSON, but of somebody@example.com';
let operator: Operator;

beforeAll(async () => {
  operator = await startOperator();
  await operator.putSwitches('air-kit', { onchainDelayMs: 100 });
});
afterAll(() => operator.system.stop());

async function deadLetters() {
  const { queues } = operator.system.cloud;
  return queues.messages(queues.deadLetterNames[0] ?? '');
}

async function totals(): Promise<unknown> {
  const answer = await fetch(`${operator.system.sandboxes.get('air-kit')?.origin}/_sandbox/inspect?recent=0`);
  return ((await answer.json()) as { totals: unknown }).totals;
}

test('fault 8: nine messages and a poison one: it alone is dead-lettered, with its reason in words', async () => {
  const good = Array.from({ length: 9 }, (_, n) =>
    JSON.stringify({ ...kyc(`nine-${n}@example.com`), idempotencyKey: `nine-${n}` }),
  );
  await Promise.all([...good.slice(0, 5), poison, ...good.slice(5)].map((body) => operator.send(body)));
  await operator.until('nine are confirmed', async () => {
    const items = await operator.items();
    return items.filter(({ status }) => status === 'confirmed').length === 9;
  });
  await operator.until('the poison is put aside', async () => (await deadLetters()).length === 1);
  const [{ attributes } = { attributes: {} }] = await deadLetters();
  expect(attributes).toMatchObject({ reason: 'request-not-json', explanation: expect.any(String) });
  expect(JSON.stringify(attributes)).not.toContain('somebody');
});

test('fault 38: a thousand events at once: each becomes one credential, none is put aside', async () => {
  const ids = await pMap(
    Array.from({ length: 1000 }),
    (_, n) => ask(operator.system, `burst-${n}`, kyc(`burst-${n}@example.com`)),
    { concurrency: 100 },
  );
  expect(new Set(ids).size).toBe(1000);
  for (let from = 0; from < ids.length; from += 250) await operator.reach(ids.slice(from, from + 250), 'confirmed');
  expect(await totals()).toMatchObject({ issued: 1009, live: 1009, revoked: 0 });
  expect(await deadLetters()).toHaveLength(1);
}, 500_000);
