/** Submit when the provider or the product fails: what certainly did nothing is repeated, what may have done is found out. */

import { describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import type { IssuanceId, SlotKey } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { dieAt } from '../../fakes/faulty.ts';
import { submission } from '../../fakes/scripted-provider.ts';
import { hour, leaseMs, World } from '../../fakes/world.ts';

const lost = () => new IssuanceError('provider-answer-lost', { detail: 'HTTP 500' });
const unavailable = () => new IssuanceError('provider-unavailable', { detail: 'HTTP 503' });
const openSince = '2026-11-22T09:00:00.000Z';

async function acceptedIn(world: World): Promise<{ id: IssuanceId; slot: SlotKey }> {
  return (await accept(world.request(), world.ports())).issuance;
}

describe('a permanent error', () => {
  test.each<ErrorCode>([
    'provider-rejected-claims',
    'provider-refused-signature',
    'provider-feature-disabled',
    'provider-program-not-found',
    'holder-refused-consent',
    'duplicate-or-refused',
    'provider-refused-request',
  ])('%s fails the issuance with its reason, keeps its data for the retention and frees the slot', async (code) => {
    const world = new World();
    const { id, slot } = await acceptedIn(world);
    world.provider.onSubmit(new IssuanceError(code, { detail: 'HTTP 4xx' }));
    expect(await submit(id, 1, world.ports())).toEqual({ end: 'done', poll: false });
    const record = await world.store.get(id);
    expect(record).toMatchObject({ status: 'failed', reason: { code, detail: 'HTTP 4xx' }, claims: { tier: 'Gold' } });
    expect(record?.dueAt).toBe('2026-12-06T09:00:00.000Z');
    expect(record?.attempt).not.toHaveProperty('openSince');
    expect(world.announcer.events).toMatchObject([{ status: 'failed', reason: { code } }]);
    expect(await world.slots.get(slot)).toMatchObject({ receipts: [], lease: { until: openSince } });
  });
});

describe('an error that says the provider did not act', () => {
  test.each<ErrorCode>([
    'provider-rate-limited',
    'provider-unavailable',
    'provider-unreachable',
    'signing-key-unavailable',
    'secret-unavailable',
  ])('%s returns it to queued, and the next try posts again without asking', async (code) => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(new IssuanceError(code));
    expect(await submit(id, 1, world.ports())).toMatchObject({ end: 'again' });
    expect(await world.store.get(id)).toMatchObject({ status: 'queued', reason: { code }, attempt: { number: 1 } });
    expect((await world.store.get(id))?.attempt).not.toHaveProperty('openSince');
    expect(await submit(id, 2, world.ports())).toEqual({ end: 'done', poll: true });
    expect(world.provider.submitted).toHaveLength(2);
    expect(world.provider.recovered).toEqual([]);
    expect(await world.store.get(id)).not.toHaveProperty('reason');
  });

  test('fault 16: with retry-after waits at least that long', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(new IssuanceError('provider-rate-limited', { retryAfterSeconds: 600 }));
    expect(await submit(id, 1, world.ports())).toEqual({ end: 'again', delaySeconds: 601 });
  });

  test('for longer than we keep trying fails it as retries-exhausted, saying what the last error was', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.clock.advance(72 * hour);
    world.provider.onSubmit(unavailable(), unavailable());
    expect(await submit(id, 1, world.ports())).toMatchObject({ end: 'again' });
    world.clock.advance(1);
    expect(await submit(id, 2, world.ports())).toEqual({ end: 'done', poll: false });
    const reason = { code: 'retries-exhausted', detail: 'provider-unavailable' };
    expect(await world.store.get(id)).toMatchObject({ status: 'failed', reason });
  });

  test('a program that is gone is waited for', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    const record = await world.store.get(id);
    if (record) world.store.put({ ...record, program: 'removed' });
    expect(await submit(id, 1, world.ports())).toMatchObject({ end: 'again' });
    expect(await world.store.get(id)).toMatchObject({ status: 'queued', reason: { code: 'program-removed' } });
  });
});

describe('fault 1: an unknown outcome', () => {
  test.each<ErrorCode>(['provider-answer-lost', 'provider-answer-unreadable'])(
    '%s stays open and is asked about before anything is posted',
    async (code) => {
      const world = new World();
      const { id } = await acceptedIn(world);
      world.provider.onSubmit(new IssuanceError(code));
      expect(await submit(id, 1, world.ports())).toMatchObject({ end: 'again' });
      expect(await world.store.get(id)).toMatchObject({
        status: 'submitting',
        reason: { code },
        attempt: { openSince },
      });
      world.clock.advance(60_000);
      world.provider.onRecover({ outcome: 'committed', submission: submission('found') });
      expect(await submit(id, 2, world.ports())).toEqual({ end: 'done', poll: true });
      expect(world.provider.submitted).toHaveLength(1);
      expect(world.provider.recovered).toMatchObject([{ issuanceId: id, lostSince: new Date(openSince) }]);
      expect(await world.store.get(id)).toMatchObject({ status: 'submitted', receipt: { reference: 'found' } });
      expect(world.log.of('outcome-recovered')).toMatchObject([{ id, outcome: 'committed' }]);
    },
  );

  test('that turns out to have done nothing is posted again, as a new attempt', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(lost(), async () => {
      const at = '2026-11-22T09:01:00.000Z';
      expect(await world.store.get(id)).toMatchObject({ status: 'submitting', attempt: { number: 3, openSince: at } });
      return submission('second');
    });
    await submit(id, 1, world.ports());
    world.clock.advance(60_000);
    await submit(id, 2, world.ports());
    expect(await world.store.get(id)).toMatchObject({ status: 'submitted', receipt: { reference: 'second' } });
  });

  test('that turns out to have done nothing is closed: a hand-over that then certainly fails is tried again as new', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(lost(), unavailable());
    await submit(id, 1, world.ports());
    expect(await submit(id, 2, world.ports())).toMatchObject({ end: 'again' });
    expect((await world.store.get(id))?.status).toBe('queued');
    expect((await world.store.get(id))?.attempt).not.toHaveProperty('openSince');
  });

  test('keeps its first moment however often asking fails, in whatever way', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(lost()).onRecover(unavailable(), lost(), new IssuanceError('signing-key-unavailable'));
    for (let receives = 1; receives <= 4; receives += 1) {
      expect(await submit(id, receives, world.ports())).toMatchObject({ end: 'again' });
      expect(await world.store.get(id)).toMatchObject({ status: 'submitting', attempt: { openSince } });
      world.clock.advance(60_000);
    }
    expect(world.provider.submitted).toHaveLength(1);
    expect(world.provider.recovered.map(({ lostSince }) => lostSince.toISOString())).toEqual(Array(3).fill(openSince));
  });

  test('that cannot be told for good ends uncertain, which is published', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(lost()).onRecover(new IssuanceError('outcome-unknown', { detail: 'HTTP 409 when asked' }));
    await submit(id, 1, world.ports());
    expect(await submit(id, 2, world.ports())).toEqual({ end: 'done', poll: false });
    expect(await world.store.get(id)).toMatchObject({ status: 'uncertain', reason: { code: 'outcome-unknown' } });
    expect(world.announcer.events).toMatchObject([{ status: 'uncertain' }]);
    expect(world.provider.submitted).toHaveLength(1);
  });

  test('for longer than we keep trying ends uncertain, never failed', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(lost()).onRecover(lost());
    await submit(id, 1, world.ports());
    world.clock.advance(73 * hour);
    await submit(id, 2, world.ports());
    const reason = { code: 'outcome-unknown', detail: 'provider-answer-lost' };
    expect(await world.store.get(id)).toMatchObject({ status: 'uncertain', reason });
  });

  test('that the provider is certain about may fail', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(lost()).onRecover(new IssuanceError('provider-rejected-claims'));
    await submit(id, 1, world.ports());
    await submit(id, 2, world.ports());
    expect((await world.store.get(id))?.status).toBe('failed');
  });

  test('is found out even after a newer event has come', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(lost());
    await submit(id, 1, world.ports());
    await accept(world.request({ idempotencyKey: 'newer', claims: {} }), world.ports());
    world.provider.onRecover({ outcome: 'committed', submission: submission('found') });
    await submit(id, 2, world.ports());
    expect((await world.store.get(id))?.status).toBe('submitted');
  });
});

describe('fault 3: a worker that dies', () => {
  const steps = [
    ['store.get', 0],
    ['slots.get', 0],
    ['slots.acquire', 0],
    ['store.replace', 0],
    ['provider.submit', 0],
    ['store.replace', 1],
    ['slots.release', 0],
  ] as const;
  const points = steps.flatMap(([call, passes]) =>
    (['before', 'after'] as const).map((when) => [when, call, passes] as const),
  );

  test.each(points)(
    '%s %s (after %i of its calls): redelivery ends with one credential',
    async (when, call, passes) => {
      const world = new World();
      const { id } = await acceptedIn(world);
      const issued: string[] = [];
      const issue = () => {
        issued.push(`credential-${issued.length + 1}`);
        return submission(issued.at(-1) ?? '');
      };
      world.provider.onSubmit(issue, issue).onRecover(() => {
        const [found] = issued;
        return found === undefined
          ? { outcome: 'not-committed' }
          : { outcome: 'committed', submission: submission(found) };
      });
      await expect(submit(id, 1, world.ports(dieAt(call, when, passes)))).rejects.toThrow('died');
      world.clock.advance(leaseMs + 1);
      await submit(id, 2, world.ports());
      expect(await submit(id, 3, world.ports())).toEqual({ end: 'done', poll: true });
      expect(await world.store.get(id)).toMatchObject({ status: 'submitted', receipt: { reference: 'credential-1' } });
      expect(issued).toHaveLength(1);
    },
  );

  test('between the end and its announcement is made good for by the redelivery', async () => {
    const world = new World();
    const { id } = await acceptedIn(world);
    world.provider.onSubmit(new IssuanceError('holder-refused-consent'));
    const ports = world.ports(dieAt('announcer.announce', 'before'));
    await expect(submit(id, 1, ports)).rejects.toThrow('died');
    expect(world.announcer.events).toEqual([]);
    await submit(id, 2, world.ports());
    expect(world.announcer.events).toMatchObject([{ id, status: 'failed' }]);
  });
});
