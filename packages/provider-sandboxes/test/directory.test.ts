/** The directory answers those who prove who they are, knows its customers, and fails on request. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DirectorySandbox, startDirectorySandbox } from '../src/directory/index.ts';

const token = 'directory-token';
let sandbox: DirectorySandbox;

beforeEach(async () => {
  sandbox = await startDirectorySandbox({ token, customers: { 'customer 1': 'ada@example.com', 'customer-2': null } });
});
afterEach(() => sandbox.close());

const ask = (key: string, authorization = `Bearer ${token}`) =>
  fetch(`${sandbox.origin}/customers/${encodeURIComponent(key)}`, { headers: { authorization }, redirect: 'manual' });

test('a customer has an address', async () => {
  const answer = await ask('customer 1');
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { id: 'customer 1', contact: { email: 'ada@example.com' } },
  ]);
});

test('a customer may have none', async () => {
  expect(await (await ask('customer-2')).json()).toEqual({ id: 'customer-2', contact: { email: null } });
});

test('nobody else is there', async () => {
  expect((await ask('constructor')).status).toBe(404);
});

test.each(['', 'Bearer other', `Bearer ${token}x`])('a caller must have the token: %j', async (authorization) => {
  expect((await ask('customer 1', authorization)).status).toBe(401);
});

test('its customers and its faults can be changed', async () => {
  const change = { customers: {}, faults: { away: { kind: 'redirect', operation: 'find', next: 1 } } };
  const url = `${sandbox.origin}/_sandbox/switches`;
  expect((await fetch(url, { method: 'PUT', body: JSON.stringify(change) })).status).toBe(200);
  expect((await ask('customer 1')).status).toBe(307);
  expect((await ask('customer 1')).status).toBe(404);
});
