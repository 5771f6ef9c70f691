/** Messages redriven by hand, and messages of older and newer code: nothing is issued twice, nothing crashes. */

import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { readEnvelope, writeEnvelope } from '../../../lib/issuance/envelope.ts';
import { issuanceId } from '../../../lib/issuance/ids.ts';
import { nobody } from '../../fakes/ids.ts';
import { Pipeline } from '../../fakes/pipeline.ts';
import { hour } from '../../fakes/world.ts';

const weeks = 7 * 24 * hour;

/** A request of another system as its own message, which waits in the dead-letter queue. */
const letter = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    program: 'program-a',
    holder: 'ada@example.com',
    claims: { tier: 'Gold' },
    occurredAt: '2026-11-22T08:00:00.000Z',
    idempotencyKey: 'from-crm-1',
    ...changes,
  });

async function putBack(pipeline: Pipeline, ...bodies: string[]): Promise<Record<string, number>> {
  for (const body of bodies) pipeline.world.queue.put(body);
  const counts: Record<string, number> = {};
  for (const { status } of await pipeline.settle()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('fault 36: a dead letter that is redriven', () => {
  test('twice at once is one credential', async () => {
    const pipeline = new Pipeline();
    expect(await putBack(pipeline, letter(), letter())).toEqual({ confirmed: 1 });
    expect(pipeline.provider.issued).toHaveLength(1);
  });

  test.each([
    ['a request of another system', () => letter()],
    ['our own message', ({ world }: Pipeline) => writeEnvelope(world.store.all()[0]?.id ?? nobody)],
  ])('after success, and again weeks later, does nothing: %s', async (_what, bodyIn) => {
    const pipeline = new Pipeline();
    await putBack(pipeline, letter());
    const [first] = pipeline.world.store.all();
    for (const later of [hour, 6 * weeks]) {
      pipeline.world.clock.advance(later);
      expect(await putBack(pipeline, bodyIn(pipeline))).toEqual({ confirmed: 1 });
    }
    expect(pipeline.world.store.all()).toEqual([first]);
    expect(pipeline.provider.issued).toHaveLength(1);
    expect(pipeline.world.queue.deadLetters).toEqual([]);
  });

  test('weeks later for the first time, when a newer event has come, is superseded', async () => {
    const pipeline = new Pipeline();
    const { world } = pipeline;
    await accept(world.request({ claims: { tier: 'Platinum' } }), pipeline.ports());
    await pipeline.settle();
    world.clock.advance(6 * weeks);
    expect(await putBack(pipeline, letter())).toEqual({ confirmed: 1, superseded: 1 });
    expect(pipeline.provider.liveOf('ada@example.com')?.claims).toEqual({ tier: 'Platinum' });
    expect(pipeline.provider.issued).toHaveLength(1);
  });

  test('whose cause is not fixed is a dead letter again, once', async () => {
    const pipeline = new Pipeline();
    await putBack(pipeline, letter({ program: 'nothing' }));
    expect(pipeline.world.queue.deadLetters).toMatchObject([{ reason: 'program-unknown' }]);
  });
});

describe('fault 41: an envelope', () => {
  const id = issuanceId(`iss_${'a'.repeat(27)}`);

  test('is what it has always been: messages outlive deployments', () => {
    expect(writeEnvelope(id)).toBe(`{"v":1,"id":"${id}"}`);
    expect(readEnvelope(`{"v":1,"id":"${id}"}`)).toEqual({ kind: 'issuance', id, tries: 1 });
  });

  test('with a member of newer code is read all the same', () => {
    expect(readEnvelope(`{"id":"${id}","v":1,"trace":{"a":1}}`)).toEqual({ kind: 'issuance', id, tries: 1 });
  });

  test.each(['2', '0', '-1', '1.5', '"1"', 'null', '[1]', '{}', 'true'])(
    'of version %s is dead-lettered, not crashed on; the others of its batch are done',
    async (version) => {
      const pipeline = new Pipeline();
      const { world } = pipeline;
      await accept(world.request(), pipeline.ports());
      const body = `{"v":${version},"id":"${world.store.all()[0]?.id}"}`;
      expect(await putBack(pipeline, body)).toEqual({ confirmed: 1 });
      expect(world.queue.deadLetters).toEqual([{ body, reason: 'message-version-unknown' }]);
      expect(world.log.of('unexpected-error')).toEqual([]);
    },
  );

  test('of a record that newer code has written keeps what this code does not know', async () => {
    const pipeline = new Pipeline();
    const { issuance } = await accept(pipeline.world.request(), pipeline.ports());
    pipeline.world.store.put({ ...issuance, ...{ invented: 'later' } });
    await pipeline.settle();
    expect(await pipeline.world.store.get(issuance.id)).toMatchObject({ status: 'confirmed', invented: 'later' });
  });
});
