/** What the product is chosen for, watched from outside: nothing lost, nothing twice, and a reason when it fails. */
import { setTimeout as sleep } from 'node:timers/promises';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect, kycEvents, putSwitches, send, sendAll, tally, untilEnded } from './events.ts';
import { type LocalProcess, localProcess } from './local-process.ts';

describe('a running local system', () => {
  let system: LocalProcess;

  beforeAll(async () => {
    system = localProcess();
    await system.start();
  });
  afterAll(() => system.stop());

  test('fault 9: 200 events sent twice become 200 credentials, each signed by a published key', async () => {
    const events = kycEvents(200, 'twice');
    const acknowledged = await sendAll([...events, ...events], system);
    const ids = new Set(acknowledged.filter((id) => id !== undefined));
    expect(ids.size).toBe(200);
    expect(tally(await untilEnded([...ids], system))).toEqual({ confirmed: 200 });
    const { totals, calls } = await inspect(system);
    expect(totals).toMatchObject({ issued: 200, live: 200, revoked: 0 });
    expect(calls.recent.filter(({ notes }) => notes.verified !== true)).toEqual([]);
  });

  test('fault 1: answers lost after every fifth commit: 100 credentials, none twice, none uncertain', async () => {
    await putSwitches(system, { faults: { lost: { kind: 'drop', operation: 'issue', every: 5 } } });
    const acknowledged = await sendAll(kycEvents(100, 'dropped'), system);
    const ids = acknowledged.filter((id) => id !== undefined);
    expect(ids).toHaveLength(100);
    expect(tally(await untilEnded(ids, system))).toEqual({ confirmed: 100 });
    const { holders } = await inspect(system);
    const dropped = holders.filter(({ email }) => email.startsWith('dropped-'));
    expect(dropped).toHaveLength(100);
    for (const { programs } of dropped) expect(Object.values(programs)).toMatchObject([{ issuedEver: 1 }]);
    await putSwitches(system, { faults: { lost: null } });
  });
});

test('fault 3: killed in the middle of 400 events and started again: every acknowledged event ends, none twice', async () => {
  const system = localProcess();
  await system.start();
  const events = kycEvents(400, 'killed');
  const acknowledged: string[] = [];
  const note = (id: string | undefined) => id !== undefined && acknowledged.push(id);
  const firstHalf = pMap(events.slice(0, 200), (event) => send(event, system).then(note), { concurrency: 16 });
  while (acknowledged.length < 120) await sleep(5);
  await system.kill();
  await firstHalf;
  await system.start();
  await pMap(events.slice(200), (event) => send(event, system).then(note), { concurrency: 16 });
  expect(acknowledged.length).toBeGreaterThanOrEqual(320);
  expect(tally(await untilEnded(acknowledged, system))).toEqual({ confirmed: acknowledged.length });
  // What was not acknowledged is sent again, as its sender would.
  const again = (await sendAll(events, system)).filter((id) => id !== undefined);
  expect(again).toHaveLength(400);
  expect(tally(await untilEnded(again, system))).toEqual({ confirmed: 400 });
  const { holders, totals } = await inspect(system);
  expect(totals.live).toBe(400);
  for (const { programs } of holders) expect(Object.values(programs)).toMatchObject([{ issuedEver: 1 }]);
  await system.stop();
}, 1_200_000);
