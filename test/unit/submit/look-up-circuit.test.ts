/** A directory that is down opens a circuit breaker of its own, and takes no call until a probe may be made. */
import { expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { SharedCircuitBreaker } from '../../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { maxFailures } from '../../../lib/submit/circuit-breaker/circuit-rules.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { World } from '../../fakes/world.ts';

function breaking() {
  const world = new World();
  world.directory.holders.set('customer-7', 'ada@example.com');
  const circuits = new SharedCircuitBreaker({ store: world.circuitStore, clock: world.clock, log: world.log });
  const ports = { ...world.ports(), circuits };
  const accepted = async (key: string) => {
    const { holder: _holder, ...request } = world.request({ idempotencyKey: key });
    return (await accept({ ...request, lookup: 'customer-7' }, ports)).issuance;
  };
  return { world, ports, accepted };
}

test.each([
  ['lookup-unavailable', maxFailures],
  ['lookup-refused', 3],
] as const)('after %s of %i issuances, the next one is not looked up', async (code, most) => {
  const { world, ports, accepted } = breaking();
  for (let n = 0; n < most; n += 1) {
    world.directory.failures.push(new IssuanceError(code));
    await submit((await accepted(`event-${n}`)).id, 1, ports);
  }
  const { id } = await accepted('after');
  expect(await submit(id, 1, ports)).toMatchObject({ end: 'again' });
  expect(world.directory.asked).toHaveLength(most);
  expect(await world.store.get(id)).toMatchObject({
    reason: { code: 'circuit-open', detail: code },
    lookup: 'customer-7',
  });
  // The program's own circuit breaker is closed: events that name their holder are not delayed.
  const named = (await accept(world.request({ idempotencyKey: 'named', holder: 'grace@example.com' }), ports)).issuance;
  expect(await submit(named.id, 1, ports)).toEqual({ end: 'done', poll: true });
  world.clock.advance(15_000);
  expect(await submit(id, 2, ports)).toEqual({ end: 'done', poll: true });
});

test('holders that are not found open nothing', async () => {
  const { world, ports, accepted } = breaking();
  world.directory.holders.clear();
  for (let n = 0; n < 2 * maxFailures; n += 1) await submit((await accepted(`event-${n}`)).id, 1, ports);
  expect(world.directory.asked).toHaveLength(2 * maxFailures);
  expect(world.store.all().map(({ status }) => status)).toEqual(Array(2 * maxFailures).fill('failed'));
});
