/** A group of failed issuances is redriven once its cause is fixed; twice does no more than once. */

import { beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import type { ErrorCode } from '../../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { redrive } from '../../../lib/operate/redrive.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { nobody } from '../../fakes/ids.ts';
import { issuanceIn, turned } from '../../fakes/issuance-in.ts';
import { World } from '../../fakes/world.ts';

const reason = 'provider-refused-signature';
const silent = () => undefined;
let world: World;

beforeEach(() => {
  world = new World();
});

async function failed(count: number, code: ErrorCode = reason): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const changes = { idempotencyKey: `${code}-${index}`, holder: `${code}-${index}@example.com` };
    const { issuance } = await accept(world.request(changes), world.ports());
    world.provider.onSubmit(new IssuanceError(code));
    await submit(issuance.id, 1, world.ports());
  }
}

const counts = async (dryRun = false) => redrive({ reason, dryRun }, world.ports(), silent);
const inStatus = (status: string) => world.store.all().filter((issuance) => issuance.status === status).length;

describe('redrive', () => {
  test('sends back every issuance of the reason, over several pages, and no other', async () => {
    await failed(230);
    await failed(5, 'holder-refused-consent');
    expect(await counts()).toEqual({ found: 230, putBack: 230, gone: 0, moved: 0 });
    expect([inStatus('queued'), inStatus('failed')]).toEqual([230, 5]);
  });

  test('fault 36: is safe to repeat', async () => {
    await failed(3);
    await counts();
    expect(await counts()).toEqual({ found: 0, putBack: 0, gone: 0, moved: 0 });
  });

  test('only counts when it runs dry', async () => {
    await failed(3);
    expect(await counts(true)).toMatchObject({ found: 3, putBack: 3 });
    expect(inStatus('failed')).toBe(3);
  });

  test('fault 36: says which cannot be retried because holder and claims are gone', async () => {
    const {
      holder: _holder,
      claims: _claims,
      progress: _progress,
      ...rest
    } = issuanceIn('failed', { reason: { code: reason } });
    world.store.put(rest);
    expect(await counts()).toEqual({ found: 1, putBack: 0, gone: 1, moved: 0 });
  });

  test('skips what someone else retries in the same moment', async () => {
    await failed(1);
    const [{ id } = { id: nobody }] = world.store.all();
    const ports = world.ports(({ call, when }) => {
      if (call === 'store.replace' && when === 'before') world.store.put(issuanceIn('queued', { id, sequence: 99 }));
    });
    expect(await redrive({ reason, dryRun: false }, ports, silent)).toMatchObject({ found: 1, putBack: 0, moved: 1 });
  });

  test('does not run in circles when the cause is not fixed after all', async () => {
    await failed(150);
    const { ports } = { ports: world.ports() };
    const store = world.store;
    const failAgain = {
      ...ports,
      queue: {
        async send(id: string) {
          world.clock.advance(1000);
          const issuance = await store.get(id);
          if (issuance)
            store.put(
              turned(issuance, 'failed', {
                reason: { code: reason },
                updatedAt: world.clock.now().toISOString(),
                dueAt: '2027-01-01T00:00:00.000Z',
              }),
            );
        },
      },
    };
    expect(await redrive({ reason, dryRun: false }, failAgain, silent)).toMatchObject({ found: 150, putBack: 150 });
  });

  test('takes uncertain ones of the reason along', async () => {
    world.store.put(issuanceIn('uncertain', { reason: { code: 'outcome-unknown' } }));
    const report = await redrive({ reason: 'outcome-unknown', dryRun: false }, world.ports(), silent);
    expect(report).toMatchObject({ found: 1, putBack: 1 });
    expect(inStatus('queued')).toBe(1);
  });
});
