/** A tenth of the provider's calls fails, by each kind of fault in turn. */
import { setTimeout as sleep } from 'node:timers/promises';

const kinds = [
  { kind: 'drop' },
  { kind: 'status', status: 429, retryAfter: 1 },
  { kind: 'status', status: 500, commit: true },
  { kind: 'status', status: 503 },
  { kind: 'garbage', body: 'html' },
  { kind: 'garbage', body: 'truncated-json' },
  { kind: 'hang' },
  { kind: 'latency', ms: 400 },
] as const;

const turnMs = 1000;

/** Goes on until the signal; a sandbox that is down for the moment is told at the next turn. Then all faults are off. */
export async function takeTurns(sandbox: string, signal: AbortSignal): Promise<Record<string, number>> {
  const struck: Record<string, number> = {};
  for (let turn = 0; !signal.aborted; turn += 1) {
    const fault = kinds[turn % kinds.length];
    await put(sandbox, { faults: { turn: { ...fault, every: 10 } } });
    await sleep(turnMs, undefined, { signal }).catch(() => undefined);
    const name = fault === undefined ? '' : Object.values(fault).slice(0, 2).join(' ');
    struck[name] = (struck[name] ?? 0) + (await injected(sandbox));
  }
  await put(sandbox, { faults: { turn: null } });
  return struck;
}

async function put(sandbox: string, switches: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'PUT', headers, body: JSON.stringify(switches), signal: AbortSignal.timeout(5000) };
  await fetch(`${sandbox}/_sandbox/switches`, request).catch(() => undefined);
}

async function injected(sandbox: string): Promise<number> {
  try {
    const response = await fetch(`${sandbox}/_sandbox/inspect?recent=0&email=none`, {
      signal: AbortSignal.timeout(5000),
    });
    const { faults } = (await response.json()) as { faults: Record<string, { injected: number }> };
    return faults['turn']?.injected ?? 0;
  } catch {
    return 0;
  }
}
