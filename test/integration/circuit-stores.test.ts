/** The circuits' store: what DynamoDB and the fake promise alike. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { circuitTable } from '../../lib/aws/circuit-table.ts';
import { issuanceId } from '../../lib/issuance/ids.ts';
import { type Circuit, closedCircuit } from '../../lib/submit/circuit-breaker/circuit-rules.ts';
import type { CircuitStore } from '../../lib/submit/circuit-breaker/ports.ts';
import { InMemoryCircuits } from '../fakes/in-memory-circuits.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';

let embedded: EmbeddedTable;

beforeAll(async () => {
  embedded = await startEmbeddedTable();
});
afterAll(() => embedded.close());

const stores: [string, () => CircuitStore][] = [
  ['DynamoDB', () => circuitTable(embedded.client, embedded.tableName)],
  ['the fake', () => new InMemoryCircuits()],
];

describe.each(stores)('%s', (_name, make) => {
  const first: Circuit = {
    ...closedCircuit('kyc'),
    version: 1,
    failures: 1,
    lastFailed: issuanceId('iss_1'),
    code: 'provider-unavailable',
  };
  const probe = { id: issuanceId('iss_1'), until: '2026-11-22T09:01:00.000Z' };

  test('keeps what was written, and lets only one of two writers be next', async () => {
    const store = make();
    expect(await store.get('kyc')).toBeUndefined();
    expect(await Promise.all([store.replace(first), store.replace(first)])).toContain(false);
    expect(await store.get('kyc')).toEqual(first);
    const second: Circuit = { ...first, version: 2, openings: 1, openUntil: probe.until, probe };
    expect((await Promise.all([store.replace(second), store.replace(second)])).toSorted()).toEqual([false, true]);
    expect(await store.get('kyc')).toEqual(second);
    expect(await store.replace({ ...second, version: 5 })).toBe(false);
    expect(await store.get('loyalty')).toBeUndefined();
  });
});
