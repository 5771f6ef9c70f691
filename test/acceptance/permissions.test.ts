/** Each right of each role is needed: without it, a call that the local run makes would be refused. */

import { type MadeCall, neededBy, type Right, rightsOf } from '@issue-on-behalf/local-cloud';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { useEverything } from './every-permission.ts';
import { type Operator, startOperator } from './local-operator.ts';

// Longer than any of the waits has on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

let operator: Operator;
let good: boolean;
let needs: { right: Right; call: MadeCall | undefined }[];

beforeAll(async () => {
  operator = await startOperator();
  good = await useEverything(operator);
  const { access } = operator.system.cloud.plan;
  const calls = operator.system.cloud.calls();
  const rights = rightsOf(access);
  needs = await Promise.all(rights.map(async (right) => ({ right, call: await neededBy(right, calls, access) })));
});
afterAll(() => operator?.system.stop());

const unused = (of: Right['of']) =>
  needs
    .filter(({ right, call }) => right.of === of && call === undefined)
    .map(({ right }) => `${right.holder.replace(/^.*stateless-|[0-9A-F]{8}$/g, '')}: ${right.action}`);

test('the samples end as expected, and nothing that a part does is refused', () => {
  expect(good).toBe(true);
  expect(operator.denied()).toEqual([]);
});

test('a role without any one of its rights is refused something that it does', () => {
  const ofRoles = needs.filter(({ right }) => right.of === 'role');
  expect(ofRoles.length).toBeGreaterThan(75);
  // Only with a ceiling on calls (callsPerSecond), which the local environment does not have.
  expect(unused('role')).toEqual(['PollerCheckStatusRole: dynamodb:UpdateItem']);
});

test('every role is assumed by the service that it trusts', () => {
  expect(unused('trust')).toEqual([]);
});
