/** An operator retries what failed. */
import { beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { writeEnvelope } from '../../../lib/issuance/envelope.ts';
import type { Issuance } from '../../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { reconcile } from '../../../lib/operate/reconcile/reconcile.ts';
import { retry } from '../../../lib/operate/retry.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { turned } from '../../fakes/issuance-in.ts';
import { hour, World } from '../../fakes/world.ts';

let world: World;

beforeEach(() => {
  world = new World();
});

async function failed(): Promise<Issuance> {
  const ports = world.ports();
  const { issuance } = await accept(world.request(), ports);
  world.provider.submit = async () => {
    throw new IssuanceError('provider-rejected-claims');
  };
  await submit(issuance.id, 1, ports);
  return current(issuance.id);
}

async function current(id: string): Promise<Issuance> {
  const issuance = await world.store.get(id);
  if (issuance === undefined) throw new Error('gone');
  return issuance;
}

describe('retry', () => {
  test('queues a failed issuance again, with the tries counted from now', async () => {
    const issuance = await failed();
    expect(issuance.status).toBe('failed');
    world.clock.advance(2 * hour);
    const queued = await retry(issuance, world.ports());
    expect(queued).toMatchObject({ status: 'queued', queuedAt: world.clock.now().toISOString() });
    expect(queued.reason).toBeUndefined();
    expect((await current(issuance.id)).status).toBe('queued');
  });

  test('begins the time of trying again, however long ago the event came', async () => {
    const issuance = await failed();
    world.clock.advance(100 * hour);
    await retry(issuance, world.ports());
    world.provider.submit = async () => {
      throw new IssuanceError('provider-unavailable');
    };
    world.clock.advance(72 * hour);
    expect(await submit(issuance.id, 1, world.ports())).toMatchObject({ end: 'again' });
    expect((await current(issuance.id)).status).toBe('queued');
    world.clock.advance(1);
    await submit(issuance.id, 2, world.ports());
    expect(await current(issuance.id)).toMatchObject({ status: 'failed', reason: { code: 'retries-exhausted' } });
  });

  test('keeps what the ended attempt left at the provider, for it may live, and counts the rounds', async () => {
    const progress = { offerUri: 'https://example.com/offer', round: '2' };
    const issuance = turned(await failed(), 'failed', { progress });
    const queued = await retry(issuance, world.ports());
    expect(queued.progress).toEqual({ offerUri: 'https://example.com/offer', round: '3' });
  });

  test('is refused for one that is on its way, and twice in a row', async () => {
    const issuance = await failed();
    await retry(issuance, world.ports());
    await expect(retry(issuance, world.ports())).rejects.toMatchObject({ code: 'issuance-not-retryable' });
    await expect(retry(await current(issuance.id), world.ports())).rejects.toMatchObject({
      code: 'issuance-not-retryable',
    });
  });

  test('is refused once holder and claims are gone', async () => {
    const { holder: _holder, claims: _claims, progress: _progress, ...rest } = turned(await failed(), 'failed');
    await expect(retry(rest, world.ports())).rejects.toMatchObject({ code: 'personal-data-gone' });
  });

  test('holds even when the message cannot be sent: the reconciler finds the record due', async () => {
    const issuance = await failed();
    const queued = await retry(issuance, {
      ...world.ports(),
      queue: { send: () => Promise.reject(new Error('no queue')) },
    });
    expect(queued.status).toBe('queued');
    expect(queued.dueAt > queued.updatedAt).toBe(true);
    for (const message of world.queue.receive()) world.queue.delete(message);
    world.clock.advance(10 * 60_000);
    await reconcile(new Date(world.clock.now().getTime() + hour), world.ports());
    expect(world.queue.bodies).toEqual([writeEnvelope(issuance.id)]);
  });
});
