/** Every example that brings a source of its own: its result is the one beside it, in `iob try` and at the endpoint. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tryEvent } from '../../../../tools/try/event-trial.ts';
import { deliverExample, keyOf } from '../../../fakes/vendors/deliver-example.ts';
import {
  environmentWithExamples,
  exampleSources,
  expectedOf,
  headersOf,
  vendorExamples,
  vendorOf,
} from '../../../fakes/vendors/example-sources.ts';
import { World } from '../../../fakes/world.ts';

const environment = environmentWithExamples();

function settingsOf(source: string) {
  const settings = environment.sources[source];
  if (settings === undefined) throw new Error(`There is no source ${source}`);
  return settings;
}

/** What is accepted of an example: in one delivery, or of several events. */
function acceptedIn(path: string): Record<string, unknown>[] {
  const expected = expectedOf(path);
  const events: Record<string, unknown>[] = expected.outcome === 'split' ? expected.events : [expected];
  return events.filter(({ outcome }) => outcome === 'accepted');
}

test('there are examples of more than a dozen vendors', () => {
  expect(exampleSources.length).toBeGreaterThanOrEqual(12);
});

test.each(exampleSources)(
  '%s has the proof and the challenge of docs/vendors.md, and an event that is accepted',
  (source) => {
    const { proof, challenge } = settingsOf(source);
    expect({ proof, challenge }).toEqual({ proof: vendorOf(source).proof, challenge: vendorOf(source).challenge });
    const own = vendorExamples.filter((one) => one.source === source);
    expect(own.some(({ path }) => acceptedIn(path).length > 0)).toBe(true);
  },
);

describe.each(vendorExamples.map(({ path, source }) => [path, source] as const))('%s', (path, source) => {
  test('iob try shows the expected result', async () => {
    const input = { headers: headersOf(path), body: readFileSync(path), queue: false };
    expect(await tryEvent(environment, { source, settings: settingsOf(source), ...input })).toEqual(expectedOf(path));
  });

  test('the endpoint does the same with the vendor’s delivery', async () => {
    const world = new World();
    const key = await keyOf(vendorOf(source).name);
    const answer = await deliverExample(world, { environment, source, path, key });
    const expected = acceptedIn(path);
    expect(world.store.all()).toMatchObject(
      expected.map(({ program, holder, claims, occurredAt }) => ({ source, program, holder, claims, occurredAt })),
    );
    if (expectedOf(path).outcome === 'refused') expect(answer.json.code).toBe(expectedOf(path).code);
    else expect([200, 202]).toContain(answer.status);
  });
});
