/** A provider that only ever hangs: behind an open circuit it is out of order, and what is in doubt waits for it. */

import { expect, test } from 'vitest';
import { accept } from '../../../lib/accept/accept.ts';
import type { IssuanceId } from '../../../lib/issuance/ids.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { SharedCircuitBreaker } from '../../../lib/submit/circuit-breaker/circuit-breaker.ts';
import { submit } from '../../../lib/submit/submit.ts';
import { hour, World } from '../../fakes/world.ts';

const hangs = () => Promise.reject(new IssuanceError('provider-answer-lost'));

/** A world whose provider hangs, with so many issuances, each tried once an hour. */
async function hanging(count: number) {
  const world = new World();
  const { clock, log, circuitStore, provider } = world;
  const works = { submit: provider.submit.bind(provider), recover: provider.recover.bind(provider) };
  provider.askingMayIssue = true;
  provider.submit = hangs;
  provider.recover = hangs;
  const ids: IssuanceId[] = [];
  for (let number = 0; number < count; number += 1) {
    const request = world.request({ idempotencyKey: `event-${number}`, holder: `holder-${number}@example.com` });
    ids.push((await accept(request, world.ports())).issuance.id);
  }
  const circuits = new SharedCircuitBreaker({ store: circuitStore, clock, log });
  const anHour = async () => {
    // The one that waited for longest is the probe.
    for (const id of ids) await submit(id, 1, { ...world.ports(), circuits });
    ids.push(...ids.splice(0, 1));
    clock.advance(hour);
  };
  const statuses = () => world.store.all().map(({ status }) => status);
  return { world, anHour, statuses, recover: () => Object.assign(provider, works) };
}

test('fault 49: for days, for everybody: whatever is in doubt is found out when the provider is back', async () => {
  const { world, anHour, statuses, recover } = await hanging(9);
  for (let hours = 0; hours < 100; hours += 1) await anHour();
  expect(new Set(statuses())).toEqual(new Set(['submitting']));
  recover();
  for (let hours = 0; hours < 5; hours += 1) await anHour();
  expect(new Set(statuses())).toEqual(new Set(['submitted']));
  expect(world.log.of('circuit-closed')).toHaveLength(1);
});

test('fault 49: for longer than holder and claims are kept: a person has to look', async () => {
  const { anHour, statuses } = await hanging(9);
  for (let hours = 0; hours < 14 * 24 + 20; hours += 1) await anHour();
  expect(new Set(statuses())).toEqual(new Set(['uncertain']));
});

test('fault 49: for one issuance alone, so that no circuit opens: a person can look after retryHours', async () => {
  const { world, anHour, statuses } = await hanging(1);
  for (let hours = 0; hours < 72; hours += 1) await anHour();
  expect(statuses()).toEqual(['submitting']);
  for (let hours = 0; hours < 3; hours += 1) await anHour();
  expect(statuses()).toEqual(['uncertain']);
  expect(world.log.of('circuit-opened')).toEqual([]);
});
