/** The process dies at every single step, from accepting to confirming: what follows comes to the same end. */
import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { type FaultHook, type FaultPoint, failOnce } from '../../fakes/faulty.ts';
import { Pipeline } from '../../fakes/pipeline.ts';

type Step = (pipeline: Pipeline, hook: FaultHook) => Promise<unknown>;

const acceptIt: Step = (pipeline, hook) => accept(pipeline.world.request(), pipeline.ports(hook));
const steps: Record<string, { before: Step[]; step: Step }> = {
  accept: { before: [], step: acceptIt },
  submit: { before: [acceptIt], step: (pipeline, hook) => pipeline.work(hook) },
  confirm: {
    before: [acceptIt, (pipeline) => pipeline.work()],
    step: (pipeline, hook) => pipeline.poll(hook),
  },
  reconcile: {
    before: [acceptIt, (pipeline) => pipeline.work(), lateWithoutPoller],
    step: (pipeline, hook) => pipeline.reconcile(hook),
  },
};

async function lateWithoutPoller(pipeline: Pipeline): Promise<void> {
  pipeline.stopPollers();
  pipeline.world.clock.advance(16 * 60_000);
}

async function prepared(before: readonly Step[]): Promise<Pipeline> {
  const pipeline = new Pipeline();
  for (const step of before) await step(pipeline, () => undefined);
  return pipeline;
}

/** Every point the step goes through when nothing is wrong. */
async function pointsOf({ before, step }: { before: Step[]; step: Step }): Promise<FaultPoint[]> {
  const points: FaultPoint[] = [];
  await step(await prepared(before), (point) => void points.push(point));
  return points;
}

/** Dies at the n-th point: from there on nothing gets through. */
function dieAtPoint(n: number): FaultHook {
  let passed = 0;
  return () => {
    passed += 1;
    if (passed > n) throw new Error('died');
  };
}

const cases = await Promise.all(
  Object.entries(steps).map(async ([name, each]) =>
    (await pointsOf(each)).map(({ call, when }, n) => [name, `${when} ${call}`, n, each] as const),
  ),
);
const rowOf = (at: string) => (/^(after provider.submit|before store.replace)$/.test(at) ? 2 : 3);

describe('a process that dies', () => {
  test.each(cases.flat().map(([name, at, n, each]) => [rowOf(at), name, at, n, each] as const))(
    'fault %i: in %s %s (point %i): one credential, and the issuance is confirmed',
    async (_row, name, _at, n, { before, step }) => {
      const pipeline = await prepared(before);
      await step(pipeline, dieAtPoint(n)).catch(() => undefined);
      // Its sender had no answer and repeats.
      if (name === 'accept') await acceptIt(pipeline, () => undefined);
      const [issuance, ...others] = await pipeline.settle();
      expect([issuance?.status, others, pipeline.provider.issued.length]).toEqual(['confirmed', [], 1]);
      expect(issuance).not.toHaveProperty('holder');
      expect(issuance).not.toHaveProperty('claims');
      const told = pipeline.world.announcer.events;
      expect(new Set(told.map(({ id, sequence, status }) => `${id} ${sequence} ${status}`)).size).toBe(1);
      expect(pipeline.world.queue.deadLetters).toEqual([]);
    },
  );
});

describe('fault 7: a handler that throws after the provider has committed', () => {
  test.each(['provider.submit', 'store.replace', 'slots.release'])('at %s', async (call) => {
    const pipeline = await prepared([acceptIt]);
    const passes = call === 'store.replace' ? 1 : 0;
    await pipeline.work(failOnce(call, 'after', new Error('out of memory'), passes));
    expect(pipeline.world.log.of('unexpected-error')).toMatchObject([{ where: 'worker' }]);
    expect((await pipeline.settle()).map(({ status }) => status)).toEqual(['confirmed']);
    expect(pipeline.provider.issued).toHaveLength(1);
  });
});
