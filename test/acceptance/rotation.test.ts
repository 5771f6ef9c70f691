/** Keys are rotated, and dropped in an emergency, while events flow: every token verifies, and not one issuance fails. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IssuanceView } from '../../lib/issuance/view.ts';
import { type LocalSystem, startLocalSystem } from '../../local/local-system.ts';
import { apiClient } from '../../local/samples/api-client.ts';
import { findTarget } from '../../tools/command-line/target.ts';
import { dropCompromised } from '../../tools/keys/drop-compromised.ts';
import { keysFunction } from '../../tools/keys/keys-function.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'issue-on-behalf-'));
let system: LocalSystem;

beforeAll(async () => {
  system = await startLocalSystem({ port: 0, stateDir });
});
afterAll(() => system.stop());

const airKit = () => system.sandboxes.get('air-kit')?.origin ?? '';

async function putSwitches(switches: unknown): Promise<void> {
  const body = JSON.stringify(switches);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${airKit()}/_sandbox/switches`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

interface Call {
  operation: string;
  status: number;
}

async function calls(): Promise<Call[]> {
  const answer = await fetch(`${airKit()}/_sandbox/inspect?recent=1000`);
  return ((await answer.json()) as { calls: { recent: Call[] } }).calls.recent;
}

/** Events of different holders, sent a few at a time until `done`. Gives the ids. */
async function flow(prefix: string, done: Promise<unknown>): Promise<string[]> {
  const api = apiClient(system.apiUrl, system.token);
  const ids: string[] = [];
  let over = false;
  const stop = done.finally(() => {
    over = true;
  });
  for (let index = 0; !over; index += 4) {
    const batch = await pMap([0, 1, 2, 3], (offset) => {
      const holder = `${prefix}-${index + offset}@example.com`;
      const claims = { kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-20T09:30:00Z' };
      return api.post(holder, { program: 'kyc', holder, claims, occurredAt: '2026-11-20T09:30:00Z' });
    });
    for (const answer of batch) if (answer.accepted) ids.push(answer.issuance.id);
    await sleep(30);
  }
  await stop;
  return ids;
}

async function ended(id: string): Promise<IssuanceView> {
  const api = apiClient(system.apiUrl, system.token);
  for (;;) {
    const view = await api.get(id);
    if (['confirmed', 'failed', 'uncertain', 'unconfirmed'].includes(view.status)) return view;
    await sleep(200);
  }
}

async function statusesOf(ids: string[]): Promise<string[]> {
  return [...new Set(await pMap(ids, async (id) => (await ended(id)).status, { concurrency: 8 }))];
}

async function rotate(): Promise<void> {
  await system.cloud.rotateSecret(system.cloud.outputs['SigningKeysSecretArn'] ?? '');
}

const kids = async () =>
  (await keysFunction(await findTarget('local', stateDir, 'keys')).status()).keys.map(({ kid }) => kid);

test('fault 25: rotations in the middle of the flow: no token is refused, though the provider keeps its copy of the keys', async () => {
  const before = await kids();
  // The provider fetches once, and never again for a key it does not know: what signs must have been there before.
  await putSwitches({ jwksCacheMs: 3_600_000, refetchUnknownKid: false });
  const rotating = (async () => {
    await sleep(1500);
    await rotate();
    // Between two rotations the provider's copy grows too old, as keyPublicMinutes makes sure of.
    await putSwitches({ jwksCacheMs: 0 });
    await sleep(1000);
    await putSwitches({ jwksCacheMs: 3_600_000 });
    await rotate();
    await sleep(1500);
  })();
  const ids = await flow('rotated', rotating);
  expect(ids.length).toBeGreaterThan(30);
  expect(await statusesOf(ids)).toEqual(['confirmed']);
  expect(new Set([...before, ...(await kids())]).size).toBe(4);
  expect((await calls()).filter(({ status }) => status === 401)).toEqual([]);
});

test('fault 24: an emergency in the middle of the flow: workers with the old ring are refused, read it again, and none fails', async () => {
  await putSwitches({ jwksCacheMs: 200, refetchUnknownKid: true });
  const keys = keysFunction(await findTarget('local', stateDir, 'keys'));
  const [compromised] = await kids();
  const dropped: string[] = [];
  const emergency = (async () => {
    await sleep(1500);
    dropped.push(...(await dropCompromised(keys, 'current')).dropped);
    await sleep(2500);
  })();
  const ids = await flow('emergency', emergency);
  expect(await statusesOf(ids)).toEqual(['confirmed']);
  expect(dropped).toEqual([compromised]);
  const published = (await (await fetch(system.jwksUrl)).json()) as { keys: { kid: string }[] };
  expect(published.keys.map(({ kid }) => kid)).toEqual(await kids());
  expect(await kids()).not.toContain(compromised);
});
