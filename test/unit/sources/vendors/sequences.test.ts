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
