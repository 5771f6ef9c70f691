/** `iob try --secret`: the proof of a recorded delivery; and what a refusal advises. */
import { describe, expect, test } from 'vitest';
import { checkProof } from '../../../tools/try/check-proof.ts';
import { tryEvent } from '../../../tools/try/event-trial.ts';
import { hintsFor } from '../../../tools/try/hints.ts';
import { keyOf } from '../../fakes/vendors/deliver-example.ts';
import { environmentWithExamples, vendorOf } from '../../fakes/vendors/example-sources.ts';

const environment = environmentWithExamples();
const now = new Date('2026-11-20T09:30:00Z');
const hour = 3_600_000;

function settingsOf(source: string) {
  const settings = environment.sources[source];
  if (settings === undefined) throw new Error(`There is no source ${source}`);
  return settings;
}

describe('the proof', () => {
  test.each<[string, string, number, boolean, string]>([
    ['is right', 'own', 0, true, 'The proof is right.'],
    ['is right and old, as recorded ones are', 'own', 3 * hour, true, 'normal for a recorded delivery'],
    ['is wrong', 'other', 0, false, 'The proof is wrong: compare'],
    ['has a secret that cannot be one', 'short', 0, false, 'The secret must have at least 16 bytes'],
  ])('%s', async (_, secret, later, proven, text) => {
    const [key, other] = [await keyOf('Zoom'), await keyOf('Zoom')];
    const delivery = await key.deliver(now);
    const given = { own: key.stored, other: other.stored, short: 'short' }[secret];
    const result = await checkProof(settingsOf('zoom'), delivery, given, new Date(now.getTime() + later));
    expect(result).toEqual({ proven, text: expect.stringContaining(text) });
    expect(result.text).not.toContain(key.stored);
  });

  test('is not needed where there is none', async () => {
    const { proof: _, ...settings } = settingsOf('zoom');
    const { proven } = await checkProof(settings, await (await keyOf('Zoom')).deliver(now), undefined, now);
    expect(proven).toBe(false);
  });
});

describe('a hint', () => {
  async function hints(source: string, text: string, headers: Record<string, string> = {}) {
    const input = { source, settings: settingsOf(source), headers, body: Buffer.from(text), queue: false };
    return hintsFor(await tryEvent(environment, input), input).join('\n');
  }
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

  test('says how a form is tried', async () => {
    expect(await hints('gumroad', 'email=mary%40example.com')).toContain('"content-type"');
    expect(await hints('gumroad', 'email=mary%40example.com', form)).toBe('');
  });

  test('lists the names as a rule writes them', async () => {
    const text = await hints('gumroad', 'refunded=false&data%5Bemail%5D=mary%40example.com', form);
    expect(text).toContain('The body has refunded, `data[email]`.');
    expect(text).not.toContain('mary');
  });

  test('is not given for an event that is accepted or ignored', async () => {
    expect(await hints('zoom', '{"event":"meeting.started"}')).toBe('');
  });
});

test('the vendor of an example is found by the name of its folder', () => {
  expect(vendorOf('cal-com').name).toBe('Cal.com');
});
