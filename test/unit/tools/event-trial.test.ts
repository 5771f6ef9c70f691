/** `iob try` applies the limits of the endpoint and of the queue, and shows each event of a delivery. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../../lib/config/load-environment.ts';
import type { SourceSettings } from '../../../lib/sources/settings.ts';
import { describeTrial, isRefused } from '../../../tools/try/describe-trial.ts';
import { tryEvent } from '../../../tools/try/event-trial.ts';

const environment = loadEnvironment('local');
const rules = environment.sources['loyalty-system']?.rules ?? [];
const settings: SourceSettings = { proof: { scheme: 'github' }, rules };
const event = {
  action: 'tier_changed',
  member: { email: 'ada@example.com', since: '2021-03-14', points: 10 },
  tier: { to: 'Gold' },
  changed_at: '2026-11-22T08:00:00Z',
};

function attempt(
  body: string,
  { split, headers = {}, queue = false }: { split?: string; headers?: Record<string, string>; queue?: boolean } = {},
) {
  const own = split === undefined ? settings : { ...settings, split };
  return tryEvent(environment, { source: 'loyalty-system', settings: own, headers, body: Buffer.from(body), queue });
}

describe('a body', () => {
  const large = JSON.stringify({ ...event, x: 'x'.repeat(1024 * 1024) });

  test.each<[string, string, Record<string, string>, string]>([
    ['of more than 1 MiB', large, {}, 'request-too-large'],
    ['of another type', JSON.stringify(event), { 'Content-Type': 'text/plain' }, 'content-type-unsupported'],
    [
      'in another charset',
      JSON.stringify(event),
      { 'Content-Type': 'application/json; charset=utf-16' },
      'charset-unsupported',
    ],
    ['that is a list', JSON.stringify([event]), {}, 'request-invalid'],
  ])('%s is refused as the endpoint refuses it', async (_, body, headers, code) => {
    expect(await attempt(body, { headers })).toMatchObject({ outcome: 'refused', code });
  });

  test('for the queue is limited by the queue', async () => {
    expect(await attempt(large, { queue: true })).toMatchObject({ outcome: 'refused', code: 'request-too-large' });
  });
});

describe('a source with split', () => {
  test('shows the result of each event', async () => {
    const trial = await attempt(JSON.stringify([event, 7, { ...event, note: 1 }]), { split: '$' });
    expect(trial).toMatchObject({
      outcome: 'split',
      events: [{ outcome: 'accepted' }, { outcome: 'refused', code: 'request-invalid' }, { outcome: 'accepted' }],
    });
    const keys =
      trial.outcome === 'split' ? trial.events.map((one) => 'idempotencyKey' in one && one.idempotencyKey) : [];
    expect(new Set(keys).size).toBe(3);
    expect(isRefused(trial)).toBe(true);
    expect(describeTrial(trial)).toMatch(/Event 2 of 3\nRefused with request-invalid/);
  });

  test('without events says so', async () => {
    const trial = await attempt('{}', { split: 'events' });
    expect([isRefused(trial), describeTrial(trial)]).toEqual([false, expect.stringContaining('split finds no event')]);
  });
});
