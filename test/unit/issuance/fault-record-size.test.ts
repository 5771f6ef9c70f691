/** What DynamoDB does not take never comes to it: the largest request that is accepted makes a record that fits. */
import { describe, expect, test } from 'vitest';
import { toItem } from '../../../lib/aws/issuance-item.ts';
import { hasStatus, isToLookUp } from '../../../lib/issuance/issuance.ts';
import { postponed } from '../../../lib/issuance/transitions/operation.ts';
import { begun, putBack } from '../../../lib/issuance/transitions/submission.ts';
import { write } from '../../../lib/issuance/write.ts';
import type { RuleSettings } from '../../../lib/sources/settings.ts';
import { deliver, plainEvent, plainRule, sourceWith } from '../../fakes/deliveries.ts';
import { senderOf } from '../../fakes/senders.ts';
import { World } from '../../fakes/world.ts';

/** DynamoDB's limit, in bytes. */
const mostBytes = 400 * 1024;
const sender = senderOf('github');

/** At least as many bytes as DynamoDB counts: names, values and the marks of their types. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + 1;
  if (typeof value !== 'object' || value === null) return 22;
  return Object.entries(value).reduce((sum, [name, member]) => sum + Buffer.byteLength(name) + bytesOf(member) + 3, 3);
}

function itemBytes(world: World): number {
  const [issuance] = world.store.all();
  if (issuance === undefined) throw new Error('nothing was stored');
  return bytesOf(toItem(issuance, 'x'.repeat(36)));
}

async function send(world: World, event: unknown, rule: Partial<RuleSettings> = {}) {
  const body = JSON.stringify(event);
  const secret = sender.newSecret();
  const sources = { shop: sourceWith(sender.proof, [{ ...plainRule, ...rule }]) };
  const headers = await sender.sign(body, secret, new Date());
  return deliver(world, { sources, secrets: { shop: [secret] } }, { headers, body });
}

describe('fault 37: an item', () => {
  test.each([
    ['control characters', '\u0001', 64 * 1024],
    ['three bytes each', '\u20ac', 64 * 1024],
    ['four bytes each', '\u{1f600}', 32 * 1024],
  ])('of the largest result a rule may have, in characters of %s, fits', async (_what, character, count) => {
    const world = new World();
    const seed = character.repeat(1000);
    const text = Array.from({ length: Math.ceil(count / 1000) }, () => 'seed').join(' & ');
    // A little is left for the rest of the result.
    const claims = `{ "tier": $substring(${text}, 0, ${count - 400}) }`;
    const answer = await send(world, { ...plainEvent, seed }, { claims });
    expect(answer.status).toBe(202);
    expect(itemBytes(world)).toBeGreaterThan(100_000);
    expect(itemBytes(world)).toBeLessThan(mostBytes);
  });

  test('of a larger result is refused at the edge', async () => {
    const world = new World();
    const text = Array.from({ length: 70 }, () => 'seed').join(' & ');
    const answer = await send(world, { ...plainEvent, seed: 'x'.repeat(1000) }, { claims: `{ "tier": ${text} }` });
    expect(answer).toMatchObject({ status: 422, json: { code: 'rule-failed' } });
    expect(world.store.all()).toEqual([]);
  });

  test('does not grow with its tries and moves', async () => {
    const world = new World();
    await send(world, plainEvent);
    const [first] = world.store.all();
    let queued = first !== undefined && hasStatus(first, 'queued') && !isToLookUp(first) ? first : undefined;
    const ports = world.ports();
    const now = world.clock.now();
    for (let n = 0; n < 200 && queued !== undefined; n += 1) {
      const { dueAt } = queued;
      const attempt = { number: n, fence: n, openSince: dueAt };
      await write(postponed(queued, dueAt, now), ports);
      const again = { ...queued, sequence: queued.sequence + 1 };
      const submitting = await write(begun(again, { attempt, follows: undefined, dueAt }, now), ports);
      const reason = { code: 'provider-unavailable' } as const;
      queued = submitting && (await write(putBack(submitting, { reason, attempt, dueAt }, now), ports));
    }
    expect(queued?.sequence).toBeGreaterThan(500);
    expect(itemBytes(world)).toBeLessThan(10_000);
  });
});
