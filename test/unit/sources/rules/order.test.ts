/** Among events of one time, the sender's sequence decides, and without it the time of acceptance. */
import { describe, expect, test } from 'vitest';
import { accept } from '../../../../lib/accept/accept.ts';
import { rankOf } from '../../../../lib/issuance/identity.ts';
import { applyRules } from '../../../../lib/sources/rules/apply-rules.ts';
import { submit } from '../../../../lib/submit/submit.ts';
import { plainEvent, plainRule } from '../../../fakes/deliveries.ts';
import { World } from '../../../fakes/world.ts';

async function mapped(sequence: unknown, rule = { ...plainRule, order: 'sequence' }) {
  const event = { data: { ...plainEvent, sequence }, attributes: {} };
  const arrival = { source: 'shop', event, headers: {}, messageId: `m-${sequence}` };
  const found = await applyRules([rule], arrival, new Date('2026-11-23T00:00:00Z'));
  if (found === undefined) throw new Error('No rule matches');
  return found.request;
}

/** The holder's claims after events with these sequences arrived in this order, all at the same time of the event. */
async function winnerOf(sequences: readonly unknown[]): Promise<unknown> {
  const world = new World();
  const ids = [];
  for (const sequence of sequences) {
    const { order, ...request } = await mapped(sequence);
    const claims = { tier: String(sequence) };
    const own = { ...request, claims, ...(order !== undefined && { order }) };
    ids.push((await accept(own, world.ports())).issuance.id);
    world.clock.advance(1000);
  }
  for (const id of ids) await submit(id, 1, world.ports());
  const open = world.store.all().filter(({ status }) => status === 'submitted');
  return open.map((record) => ('claims' in record ? record.claims?.['tier'] : undefined));
}

describe('two events of the same second', () => {
  test.each<[string, unknown[], string]>([
    ['the later in the sender’s sequence wins, although it arrived first', [12, 9], '12'],
    ['also as text, whose digits do not compare as a string', ['10', '9'], '10'],
    ['beyond what a number can hold', ['9007199254740993', '9007199254740992'], '9007199254740993'],
    ['one with a place wins over one without', [1, undefined], '1'],
  ])('%s', async (_, sequences, winner) => {
    expect(await winnerOf(sequences)).toEqual([winner]);
  });

  test('without a sequence, the one that was accepted later wins', async () => {
    expect(await winnerOf([undefined, null])).toEqual(['null']);
  });
});

test.each([-1, 1.5, '1.5', 'a', true, [1], '1'.repeat(31)])('%j is no place in a sequence', async (sequence) => {
  await expect(mapped(sequence)).rejects.toMatchObject({
    code: 'rule-failed',
    detail: 'rule as-it-is: order must be a whole number',
  });
});

test('a rank without a place is what it always was', () => {
  expect(rankOf({ occurredAt: 'o', acceptedAt: 'a', id: 'iss_1' })).toBe('o#a#iss_1');
});
