/** Rotation dies at every call it makes: begun again it ends, and at no time does a key sign that is not public. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { KeyRing } from '../../../lib/signing/key-ring.ts';
import { dieAt, type FaultHook, faulty } from '../../fakes/faulty.ts';
import { KeyHouse, rotationSteps } from '../../fakes/key-house.ts';

let before: KeyHouse;

beforeAll(async () => {
  before = new KeyHouse();
  await before.rotated('v1');
});

/** The same house at the same moment, with a second rotation announced. */
function house(): KeyHouse {
  const copy = new KeyHouse();
  for (const [version, entry] of before.versions) copy.versions.set(version, structuredClone(entry));
  Object.assign(copy, { published: before.published, publishedAt: before.publishedAt });
  copy.begin('v2');
  return copy;
}

async function rotateAll(keys: KeyHouse, hook: FaultHook): Promise<void> {
  const ports = { secret: faulty('secret', keys.secret, hook), site: faulty('site', keys.site, hook) };
  for (const step of rotationSteps) await keys.run(step, 'v2', ports);
}

/** A token that is signed now verifies with what is public now. */
async function expectVerifiable(keys: KeyHouse): Promise<KeyRing> {
  const ring = await keys.ring();
  expect(keys.published?.keys.map(({ kid }) => kid)).toContain(ring.current.kid);
  return ring;
}

const calls = ['secret.read', 'secret.stagesOf', 'secret.stagePending', 'secret.promote', 'site.publish', 'site.fetch'];
const points = calls.flatMap((call) =>
  [0, 1, 2].flatMap((passes) => (['before', 'after'] as const).map((when) => [when, call, passes] as const)),
);

describe('fault 3: a rotation that dies', () => {
  test.each(points)(
    '%s %s (after %i of its calls): begun again it ends with one new key',
    async (when, call, passes) => {
      const keys = house();
      const first = await keys.ring();
      await rotateAll(keys, dieAt(call, when, passes)).catch(() => undefined);
      await expectVerifiable(keys);
      await rotateAll(keys, () => undefined);
      const ring = await expectVerifiable(keys);
      expect([ring.current.kid, ring.previous?.kid]).toEqual([first.next.kid, first.current.kid]);
      expect(keys.published?.keys.map(({ kid }) => kid).toSorted()).toEqual(
        [ring.current.kid, ring.next.kid, first.current.kid].toSorted(),
      );
    },
  );
});
