/** One run: everything that a seed says, until nothing moves any more, and what the rules say to it. */
import { sendOverHttp, sendWithKey } from './api-callers.ts';
import type { Violation } from './chronicle.ts';
import { drawLookups } from './directory-model.ts';
import { disturb } from './disturbances.ts';
import { type Mutation, unbroken } from './mutations.ts';
import { checkAtRest } from './rest-rules.ts';
import { EventSource, Executions, scheduleReconcile } from './services.ts';
import type { FaultKind } from './weather.ts';
import { drawWorkload, type Sending } from './workload.ts';
import { World } from './world.ts';

export interface RunOptions {
  mutation?: Mutation;
  traced?: boolean;
  /** The provider that the run is about. Default: AIR Kit, or the mutation's. */
  at?: 'air-kit' | 'credenco';
}

export interface Run {
  seed: number;
  violations: Violation[];
  faults: Map<FaultKind, number>;
  steps: number;
  /** Whether clocks jumped, hosts had their clocks off, and workers outlived their leases. */
  clocksJump: boolean;
  /** Slots in which a worker outlived its lease, so that rules 1 and 7 do not speak of them. */
  overrunSlots: number;
  /** Statuses at the end, counted. */
  ends: Map<string, number>;
  trace: string[];
}

const mostSteps = 60_000;

export async function run(seed: number, options: RunOptions = {}): Promise<Run> {
  const { mutation = unbroken, traced = false, at = mutation.at } = options;
  const world = new World(seed, mutation, traced, at);
  const { random, timeline, chronicle, weather } = world;
  const workload = drawWorkload(random);
  drawLookups(workload.events, world);
  const executions = new Executions(world);
  new EventSource(world);
  let sending = workload.sendings.length;
  for (const each of workload.sendings) {
    timeline.after(each.atMs, () =>
      send(each, world, () => {
        sending -= 1;
      }),
    );
  }
  disturb(world);
  let resting = false;
  scheduleReconcile(world, () => {
    resting = timeline.now > weather.endsAt && sending === 0 && isAtRest(world, executions);
  });
  await timeline.run(() => resting || timeline.steps > mostSteps);
  if (!resting) chronicle.violated('2 comes to rest', 'it did not come to rest');
  checkAtRest(world, workload);
  return {
    seed,
    violations: chronicle.violations,
    faults: weather.counts,
    steps: timeline.steps,
    clocksJump: weather.clocksJump,
    overrunSlots: chronicle.overrun.size,
    ends: countEnds(world),
    trace: chronicle.trace ?? [],
  };
}

function send(sending: Sending, world: World, done: () => void): void {
  const { event, body } = sending;
  if (event.lookup !== undefined) {
    sendWithKey({ ...sending, lookup: event.lookup }, world, done);
  } else if (event.source === 'shop') {
    sendOverHttp(sending, world, done);
  } else {
    world.queue.put(JSON.stringify({ ...body, idempotencyKey: event.key }));
    done();
  }
}

/** Nothing runs, nothing is on its way, and every record has ended or has been parked until its personal data went. */
function isAtRest({ running, queue, untold, chronicle }: World, { open }: Executions): boolean {
  if (running > 0 || open > 0 || queue.bodies.length > 0 || untold.all().length > 0) return false;
  return [...chronicle.followed.values()].every(({ record }) => {
    if (record.status === 'confirmed') return true;
    return ['failed', 'superseded', 'uncertain', 'unconfirmed'].includes(record.status) && record.claims === undefined;
  });
}

function countEnds({ chronicle }: World): Map<string, number> {
  const ends = new Map<string, number>();
  for (const { record } of chronicle.followed.values()) ends.set(record.status, (ends.get(record.status) ?? 0) + 1);
  return ends;
}
