/** What goes on beside the work: rotations, outages, clocks that jump, an index that lags, operators, redrives. */
import { operate } from './api-callers.ts';
import { VirtualProcess } from './virtual-process.ts';
import type { World } from './world.ts';

const minute = 60_000;
/** Keys rotate every few weeks at most; here a rotation is over long before the next begins. */
const betweenRotationsMs = 30 * minute;
const mostStepMs = 90_000;

/** Sets everything up that comes over a run by itself. */
export function disturb(world: World): void {
  let rotatedAt = Number.NEGATIVE_INFINITY;
  every(world, minute, () => {
    if (world.timeline.now - rotatedAt < betweenRotationsMs) return;
    if (!world.weather.strikes('key-rotated', world.timeline.now)) return;
    rotatedAt = world.timeline.now;
    rotate(world, 0);
  });
  every(world, 20_000, () => staleIndex(world));
  every(world, minute, () => failProvider(world));
  every(world, 2 * minute, () => operate(world));
  every(world, 4 * minute, () => redrive(world));
  if (world.weather.clocksJump) every(world, minute, () => jump(world));
}

/** Until the faults stop. */
function every(world: World, milliseconds: number, task: () => void): void {
  world.timeline.after(world.random.between(1, milliseconds), () => {
    if (world.timeline.now >= world.weather.endsAt) return;
    task();
    every(world, milliseconds, task);
  });
}

function staleIndex({ store, weather, timeline, random }: World): void {
  if (!weather.strikes('index-stale', timeline.now)) return;
  store.freezeIndex();
  timeline.after(random.pick([500, 5_000, 10 * minute]), () => store.thawIndex());
}

/** The steps of a rotation, one after the other; a step that fails or was done in vain is done again. */
function rotate(world: World, step: number): void {
  const { keys, mutation, timeline, random, weather } = world;
  const steps = mutation.promotesBeforePublishing ? keys.stepsInWrongOrder : keys.steps;
  const take = steps[step];
  if (take === undefined) return;
  const process = new VirtualProcess('rotation', world);
  const work = () => process.call(`rotation step ${step + 1}`, async () => take());
  process.start(work, minute, ({ how }) => {
    const again = how !== 'returned' || weather.strikes('rotation-repeated', timeline.now);
    timeline.after(random.between(100, mostStepMs), () => rotate(world, again ? step : step + 1));
  });
}

function failProvider({ provider, weather, timeline, random, chronicle }: World): void {
  const { now } = timeline;
  if (weather.strikes('provider-outage', now, 0.5)) {
    provider.outageUntil = now + random.pick([5_000, minute, 8 * minute]);
    chronicle.tell('provider', () => 'is out of service for a while');
  }
  if (weather.strikes('provider-forbids', now, 0.2)) {
    provider.forbiddenUntil = now + random.pick([3_000, minute]);
    chronicle.tell('provider', () => 'forbids everything for a while');
  }
  const holders = [...new Set(provider.ledger.map(({ email }) => email))];
  if (holders.length > 0 && weather.strikes('holder-refuses', now, 0.1)) provider.refusing.add(random.pick(holders));
}

/** An operator redrives a dead letter, to see whether its cause is gone. */
function redrive({ queue, weather, timeline, random }: World): void {
  if (queue.deadLetters.length === 0 || !weather.strikes('message-redriven', timeline.now)) return;
  const [letter] = queue.deadLetters.splice(random.between(0, queue.deadLetters.length - 1), 1);
  if (letter) queue.put(letter.body);
}

function jump(world: World): void {
  const { weather, timeline, random, chronicle } = world;
  if (!weather.strikes('clock-jumped', timeline.now)) return;
  world.clockJump = random.between(-5 * minute, 5 * minute);
  chronicle.tell('clocks', () => `are ${world.clockJump} ms off now`);
}
