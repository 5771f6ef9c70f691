/** Identity: the same event is always the same issuance, and claims named by `slotBy` give a holder several slots. */
import { describe, expect, test } from 'vitest';
import { identify, type NamedRequest, slotOf } from '../../../lib/issuance/identity.ts';
import type { Claims } from '../../../lib/issuance/issuance.ts';
import { keyedPseudonyms } from '../../fakes/keyed-pseudonyms.ts';
import { SingleProgram } from '../../fakes/single-program.ts';
import { World } from '../../fakes/world.ts';

const world = new World();

function program(slotBy: readonly string[] = []) {
  const found = new SingleProgram(world.provider, slotBy).find('program-a');
  if (found === undefined) throw new Error('There is no program-a');
  return found;
}

const identityOf = (changes: Partial<NamedRequest>) => identify(world.request(changes), program(), keyedPseudonyms);
const slotFor = (claims: Claims, slotBy: readonly string[]) =>
  slotOf({ holder: 'ada@example.com', claims }, program(slotBy), keyedPseudonyms);

describe('an issuance', () => {
  test('is known by source and idempotency key, whatever the rest of the event', async () => {
    const { id, fingerprint } = await identityOf({});
    const changed = await identityOf({ claims: { tier: 'Silver' } });
    expect(changed.id).toBe(id);
    expect(changed.fingerprint).not.toBe(fingerprint);
  });

  test.each([
    { source: 'other' },
    { idempotencyKey: 'event-2' },
    // Moving the boundary between the two gives another id.
    { source: 'sho', idempotencyKey: 'pevent-1' },
  ])('is another one for %j', async (changes) => {
    expect((await identityOf(changes)).id).not.toBe((await identityOf({})).id);
  });

  test('has the same fingerprint for equal claims, in whatever order their members are', async () => {
    const one = await identityOf({ claims: { tier: 'Gold', points: 5 } });
    const other = await identityOf({ claims: { points: 5, tier: 'Gold' } });
    expect(other.fingerprint).toBe(one.fingerprint);
  });
});

describe('the slot of a program with slotBy', () => {
  const visit = { event: 'expo-2026', seat: '4A' };

  test('is another one for each value of the named claim, and only for that', async () => {
    const slot = await slotFor(visit, ['event']);
    expect(await slotFor({ ...visit, seat: '5B' }, ['event'])).toBe(slot);
    expect(await slotFor({ ...visit, event: 'expo-2027' }, ['event'])).not.toBe(slot);
  });

  test('is its own one for an event without the claim', async () => {
    const without = await slotFor({ seat: '4A' }, ['event']);
    expect(without).not.toBe(await slotFor(visit, ['event']));
    expect(await slotFor({ seat: '5B' }, ['event'])).toBe(without);
  });

  test('tells two claims apart that have each other’s values', async () => {
    const names = ['event', 'seat'];
    expect(await slotFor({ event: 'a', seat: 'b' }, names)).not.toBe(await slotFor({ event: 'b', seat: 'a' }, names));
  });

  test('is the holder’s only one without slotBy', async () => {
    expect(await slotFor(visit, [])).toBe(await slotFor({ ...visit, event: 'expo-2027' }, []));
  });
});
