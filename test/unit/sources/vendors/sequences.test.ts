/** Deliveries that a vendor sends one after the other: repeated, or edited under the same id. */
import { expect, test } from 'vitest';
import { deliverExample, keyOf } from '../../../fakes/vendors/deliver-example.ts';
import { environmentWithExamples } from '../../../fakes/vendors/example-sources.ts';
import { World } from '../../../fakes/world.ts';

const environment = environmentWithExamples();
const folder = 'config/examples';

test('an order that was edited after it was paid changes nothing, and the answer says why', async () => {
  const [world, key] = [new World(), await keyOf('Shopify')];
  const order = { environment, source: 'shop', key };
  await deliverExample(world, { ...order, path: `${folder}/shop/orders-paid.json` });
  const edited = await deliverExample(world, { ...order, path: `${folder}/shop/orders-paid-edited.json` });
  expect(edited.json.code).toBe('idempotency-key-reused');
  expect(world.store.all()).toMatchObject([{ claims: { points: 398 } }]);
});

test('a repeated delivery of several events gives each issuance once', async () => {
  const [world, key] = [new World(), await keyOf('Okta')];
  const delivery = { environment, source: 'okta', key, path: `${folder}/okta/several-events.json` };
  const first = await deliverExample(world, delivery);
  const again = await deliverExample(world, delivery);
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(world.store.all().map(({ holder }) => holder)).toEqual(['mary@example.com', 'peter@example.com']);
});

test('an order of sixty lines is accepted, although only its claims are kept', async () => {
  const [world, key] = [new World(), await keyOf('Shopify')];
  const path = `${folder}/shop/orders-paid-sixty-lines.json`;
  expect((await deliverExample(world, { environment, source: 'shop', key, path })).status).toBe(202);
  expect(JSON.stringify(world.store.all()).length).toBeLessThan(4096);
});

test('of two events of one second, the later in the vendor’s sequence is the newer one, although it arrived first', async () => {
  const [world, key] = [new World(), await keyOf('Chargebee')];
  const chargebee = { environment, source: 'chargebee', key };
  await deliverExample(world, { ...chargebee, path: `${folder}/chargebee/subscription-changed.json` });
  world.clock.advance(1000);
  await deliverExample(world, { ...chargebee, path: `${folder}/chargebee/subscription-renewed.json` });
  const records = world.store.all().toSorted((one, other) => (one.rank < other.rank ? -1 : 1));
  expect(records.map((record) => record.occurredAt)).toEqual(['2026-11-20T09:05:00.000Z', '2026-11-20T09:05:00.000Z']);
  expect(records).toMatchObject([{ claims: { plan: 'plus' } }, { claims: { plan: 'pro' } }]);
});
