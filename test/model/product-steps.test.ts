/** The one thing the model writes down for itself, the order of a worker's steps, is that of the product. */
import { expect, test } from 'vitest';
import { accept } from '../../lib/accept/accept.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { submit } from '../../lib/submit/submit.ts';
import { submission } from '../fakes/scripted-provider.ts';
import { hour, World } from '../fakes/world.ts';
import { worldOf } from './question.ts';
import type { State } from './state.ts';

/** The port a step of the model stands for. A last owner that is the issuance itself is not read again. */
const portOf: readonly [RegExp, string][] = [
  [/gets the message/, 'store.get'],
  [/reads the slot|may not ask/, 'slots.get'],
  [/finds a queued/, 'store.get'],
  [/writes/, 'store.replace'],
  [/takes lease/, 'slots.acquire'],
  [/posts/, 'provider.submit'],
  [/asks/, 'provider.recover'],
  [/releases/, 'slots.release'],
];

/** Walks the model with one worker, always by the first step that fits, and gives the ports it would call. */
function modelPorts(...walk: readonly RegExp[]): string[] {
  const { starts, next } = worldOf({ workers: 1, newer: true });
  let state = starts[0]?.state;
  const ports: string[] = [];
  for (const wanted of walk) {
    const fitting: { label: string; after: State }[] = [];
    if (state !== undefined) next(state, (label, after) => wanted.test(label) && fitting.push({ label, after }));
    const [step] = fitting;
    if (step === undefined) throw new Error(`The model has no step ${wanted}`);
    state = step.after;
    const port = portOf.find(([label]) => label.test(step.label))?.[1];
    if (port !== undefined) ports.push(port);
  }
  return ports;
}

const begin = [/reads its record/, /reads the slot/, /finds/, /takes lease/, /writes a submitting/, /posts a/];
const carriedOut = [/carries out/, /gets the answer/, /writes a submitted/, /releases/];
const calls = /^(store\.(get|replace)|slots\.(get|acquire|release)|provider\.(submit|recover))$/;

/** A world whose ports note what is called, in the order of the calls. */
function watched() {
  const world = new World();
  world.provider.askingMayIssue = true;
  const called: string[] = [];
  const ports = world.ports(({ call, when }) => {
    if (when === 'before' && calls.test(call)) called.push(call);
  });
  return { world, called, ports };
}

test('an event that nothing disturbs', async () => {
  const { world, called, ports } = watched();
  const { issuance } = await accept(world.request(), world.ports());
  await submit(issuance.id, 1, ports);
  expect(called).toEqual(modelPorts(...begin, ...carriedOut));
});

test('a lost call: its worker lets it settle, the next one asks', async () => {
  const { world, called, ports } = watched();
  const { issuance } = await accept(world.request(), world.ports());
  world.provider.onSubmit(new IssuanceError('provider-answer-lost'));
  world.provider.onRecover({ outcome: 'committed', submission: submission('found') });
  await submit(issuance.id, 1, ports);
  await submit(issuance.id, 2, ports);
  world.clock.advance(hour);
  await submit(issuance.id, 3, ports);
  const lost = [/carries out/, /gets no answer/, /writes a submitting/, /releases/];
  const tooSoon = [/reads its record/, /may not ask/];
  const asked = [/reads its record/, /reads the slot/, /finds/, /takes lease/, /writes a submitting/, /asks about a/];
  const found = [/carries out/, /which the lost call issued/, /writes a submitted/, /releases/];
  const time = [/time passes/, /time passes/];
  const expected = modelPorts(...begin, ...lost, ...tooSoon, ...time, ...asked, ...found);
  expect(called).toEqual(expected);
});

test('a slot that a newer event takes over from one that waits to be tried again', async () => {
  const { world, called, ports } = watched();
  const older = await accept(world.request(), world.ports());
  world.provider.onSubmit(new IssuanceError('provider-rate-limited'));
  await submit(older.issuance.id, 1, ports);
  const newer = await accept(world.request({ idempotencyKey: 'event-2' }), world.ports());
  await submit(newer.issuance.id, 1, ports);
  const refused = [/told to come back later/, /writes a queued/, /releases/, /b is accepted/];
  const takesOver = [/message of b/, /reads the slot/, /finds a queued/, /writes a again/, /takes lease/];
  const issued = [/writes b submitting/, /posts b/, /carries out/, /gets the answer/, /writes b submitted/, /releases/];
  expect(called).toEqual(modelPorts(...begin, ...refused, ...takesOver, ...issued));
});
