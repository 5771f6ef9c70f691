/** Events by the hundred, and the questions tests ask afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import type { LocalProcess } from './local-process.ts';

export interface Event {
  key: string;
  body: { program: string; holder: string; claims: Record<string, unknown>; occurredAt: string };
}

/** KYC events, each of another holder. */
export function kycEvents(count: number, prefix: string): Event[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `${prefix}-${index}`,
    body: {
      program: 'kyc',
      holder: `${prefix}-${index}@example.com`,
      claims: { kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-20T09:30:00Z' },
      occurredAt: '2026-11-20T09:30:00Z',
    },
  }));
}

/** Sends an event once. Gives the issuance's id when it was acknowledged, undefined otherwise. */
export async function send({ key, body }: Event, system: LocalProcess): Promise<string | undefined> {
  const headers = {
    authorization: `Bearer ${system.token()}`,
    'content-type': 'application/json',
    'idempotency-key': key,
  };
  try {
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${system.apiUrl}/v1/issuances`, request);
    const answer = (await response.json()) as { id?: string };
    return response.status === 202 ? answer.id : undefined;
  } catch {
    return undefined;
  }
}

/** Sends all, sixteen at once. */
export function sendAll(events: readonly Event[], system: LocalProcess): Promise<(string | undefined)[]> {
  return pMap(events, (event) => send(event, system), { concurrency: 16 });
}

export interface View {
  id: string;
  status: string;
  assurance?: string;
  assuranceNote?: string;
  reason?: { code: string; title: string };
  receipt?: Record<string, string>;
}

const endsWithinMs = 540_000;
const open = new Set(['queued', 'submitting', 'submitted']);

/** Waits until none of the issuances is on its way any more. */
export async function untilEnded(ids: readonly string[], system: LocalProcess): Promise<View[]> {
  const deadline = Date.now() + endsWithinMs;
  const ended = new Map<string, View>();
  while (ended.size < new Set(ids).size) {
    const waiting = ids.filter((id) => !ended.has(id));
    const views = await pMap(waiting, (id) => show(id, system), { concurrency: 8 });
    if (Date.now() > deadline) throw new Error(`These have not ended: ${JSON.stringify(views)}`);
    for (const view of views) if (!open.has(view.status)) ended.set(view.id, view);
    await sleep(500);
  }
  return [...ended.values()];
}

async function show(id: string, system: LocalProcess): Promise<View> {
  const headers = { authorization: `Bearer ${system.token()}` };
  const response = await fetch(`${system.apiUrl}/v1/issuances/${id}`, { headers });
  return (await response.json()) as View;
}

/** Counts by status. */
export function tally(views: readonly View[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of views) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

interface Inspection {
  totals: { issued: number; revoked: number; live: number };
  calls: { recent: { operation: string; notes: { verified?: boolean } }[] };
  holders: { email: string; programs: Record<string, { issuedEver: number; live: unknown }> }[];
}

/** What the AIR Kit sandbox saw and what each holder holds. */
export async function inspect(system: LocalProcess): Promise<Inspection> {
  const response = await fetch(`${system.airKit}/_sandbox/inspect?recent=1000`);
  return (await response.json()) as Inspection;
}

/** Changes switches of the AIR Kit sandbox. */
export async function putSwitches(system: LocalProcess, switches: unknown): Promise<void> {
  const body = JSON.stringify(switches);
  const response = await fetch(`${system.airKit}/_sandbox/switches`, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(`The sandbox refused the switches: ${await response.text()}`);
}
