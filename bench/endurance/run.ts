/**
 * Events through a running server while its provider fails a tenth of its calls, its keys are rotated twice and it is
 * killed three times; ours and the peer one after the other. `npm run bench:endurance [-- --events N]`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { type Contestant, holderOf } from './contestant.ts';
import { takeTurns } from './fault-turns.ts';
import { ours } from './ours.ts';
import { peer } from './peer.ts';

interface Result {
  acknowledged: number;
  ended: number;
  /** Events for which the provider issued more than once. */
  twice: number;
  /** Acknowledged events whose holder has no live credential. */
  missing: number;
  live: number;
  faults: Record<string, number>;
  seconds: number;
}

/** A sender repeats what is not acknowledged, as webhooks are. */
async function sendPatiently(contestant: Contestant, index: number): Promise<boolean> {
  for (let tries = 1; tries <= 8; tries += 1) {
    if (await contestant.send(index)) return true;
    await sleep(Math.min(8000, 250 * 2 ** tries));
  }
  return false;
}

async function endure(contestant: Contestant, events: number): Promise<Result> {
  const began = Date.now();
  await contestant.start();
  const over = new AbortController();
  const turns = takeTurns(contestant.sandbox, over.signal);
  const acknowledged: number[] = [];
  const incidents = plan(contestant, events);
  let busy = Promise.resolve();
  await pMap(
    Array.from({ length: events }, (_, index) => index),
    async (index) => {
      if (await sendPatiently(contestant, index)) acknowledged.push(index);
      const incident = incidents.get(acknowledged.length);
      if (incident === undefined) return;
      incidents.delete(acknowledged.length);
      busy = busy.then(incident);
    },
    { concurrency: 16 },
  );
  await busy;
  over.abort();
  const faults = await turns;
  const ended = await contestant.ended(acknowledged);
  const holdings = await holdingsAt(contestant.sandbox);
  await contestant.stop();
  const live = (index: number) => holdings.get(holderOf(index))?.live === true;
  return {
    acknowledged: acknowledged.length,
    ended,
    twice: [...holdings.values()].filter(({ issuedEver }) => issuedEver > 1).length,
    missing: acknowledged.filter((index) => !live(index)).length,
    live: [...holdings.values()].filter((holding) => holding.live).length,
    faults,
    seconds: (Date.now() - began) / 1000,
  };
}

/** What happens when so many events are acknowledged. */
function plan(contestant: Contestant, events: number): Map<number, () => Promise<void>> {
  const at = (share: number) => Math.round(events * share);
  const restart = async () => {
    await contestant.kill();
    await contestant.start();
  };
  const incidents = new Map([0.25, 0.5, 0.75].map((share) => [at(share), restart]));
  const { rotateKeys } = contestant;
  if (rotateKeys !== undefined) for (const share of [0.35, 0.65]) incidents.set(at(share), rotateKeys);
  return incidents;
}

async function holdingsAt(sandbox: string): Promise<Map<string, { issuedEver: number; live: boolean }>> {
  const response = await fetch(`${sandbox}/_sandbox/inspect?recent=0`);
  const { holders } = (await response.json()) as {
    holders: { email: string; programs: Record<string, { issuedEver: number; live: unknown }> }[];
  };
  return new Map(
    holders.map(({ email, programs }) => {
      const all = Object.values(programs);
      const issuedEver = all.reduce((sum, program) => sum + program.issuedEver, 0);
      return [email, { issuedEver, live: all.some((program) => program.live !== null) }];
    }),
  );
}

const { values } = parseArgs({ options: { events: { type: 'string', default: '2000' } } });
const events = Number(values.events);
console.log(`${events} events; a tenth of the provider's calls fails; two rotations; killed three times`);
for (const contestant of [ours(), peer()]) {
  const result = await endure(contestant, events);
  console.log(`\n${contestant.name}`);
  console.log(`  acknowledged        ${result.acknowledged}`);
  console.log(`  known to have ended ${result.ended} (${result.acknowledged - result.ended} outcomes lost)`);
  console.log(`  issued twice        ${result.twice}`);
  console.log(`  live credentials    ${result.live}, ${result.missing} acknowledged events without one`);
  console.log(`  faults              ${JSON.stringify(result.faults)}`);
  console.log(`  seconds             ${result.seconds.toFixed(0)}`);
  const leaks = contestant.leaks?.();
  if (leaks === undefined) continue;
  const megabytes = (leaks.characters / 1e6).toFixed(1);
  console.log(
    `  given away          ${leaks.found.join(', ') || 'nothing'} (${megabytes} MB of output looked through)`,
  );
}
