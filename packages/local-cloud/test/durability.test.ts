/** A cloud that was killed with -9 goes on where it stood: queue, table, secrets, objects and executions. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { releaseInFlight } from '../src/aws/in-flight.ts';
import { type Cloud, startCloud } from '../src/cloud.ts';
import { clientsFor, row, until, workplace } from './fixtures/running.ts';

const work = workplace();
const stateDir = work.path('state');
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  work.remove();
});

/** Starts the fixture in a child process and answers what it offers. */
async function startChild(): Promise<{ child: ChildProcess; cloud: Cloud }> {
  const script = join(import.meta.dirname, 'fixtures/child.ts');
  const child = spawn(process.execPath, [script, work.assemblyDir, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, cloud: JSON.parse(line) as Cloud };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('after kill -9', () => {
  const ids = Array.from({ length: 40 }, (_, index) => `entry-${index}`);
  let again: Cloud;
  let executionArn: string | undefined;
  let startedAt: Date | undefined;
  let jwks: string;
  let refused: unknown;

  beforeAll(async () => {
    const { child, cloud } = await startChild();
    const { steps } = clientsFor(cloud.endpoints);
    const headers = { 'content-type': 'application/json' };
    const post = (id: string) =>
      fetch(`${cloud.apiUrl}/entries`, { method: 'POST', headers, body: JSON.stringify({ id, waitMs: 200 }) });
    const input = JSON.stringify({ id: 'long', rounds: 5 });
    const start = { stateMachineArn: cloud.plan.machines[0]?.arn, name: 'long', input };
    executionArn = (await steps.send(new StartExecutionCommand(start))).executionArn;
    startedAt = (await steps.send(new DescribeExecutionCommand({ executionArn }))).startDate;
    jwks = await (await fetch(cloud.outputs['JwksUrl'] ?? '')).text();
    refused = await startCloud({ assemblyDir: work.assemblyDir, stateDir }).catch((error: unknown) => error);
    refused = [child.pid, refused];
    await until('two rounds', async () => Number((await row(cloud, 'long'))?.['asked']) >= 2);
    for (const answer of await Promise.all(ids.map(post))) expect(answer.status).toBe(202);
    await kill(child);
    again = await startCloud({ assemblyDir: work.assemblyDir, stateDir });
  });
  afterAll(() => again.stop());

  it('had refused a second process, with the first one’s id', () => {
    const [pid, error] = refused as [number, Error];
    expect(error.message).toContain(`is in use by process ${pid}`);
  });

  it('works every accepted entry', async () => {
    for (const id of ids) await until(id, async () => (await row(again, id))?.['status'] === 'worked');
    const { 'fixture-entries': left } = await until('the queue is empty', async () => {
      const counts = await again.queues.counts();
      return counts['fixture-entries']?.ready === 0 && counts['fixture-entries'].inFlight === 0 && counts;
    });
    expect(left?.delayed).toBe(0);
    for (const name of again.queues.deadLetterNames) expect(await again.queues.messages(name)).toEqual([]);
  });

  it('fault 23: takes the execution up at the state it was in, with its own start time', async () => {
    const { steps } = clientsFor(again.endpoints);
    const described = await until('the execution ends', async () => {
      const now = await steps.send(new DescribeExecutionCommand({ executionArn }));
      return now.status !== 'RUNNING' && now;
    });
    expect(described).toMatchObject({ status: 'SUCCEEDED', startDate: startedAt });
    const { asked, begun, started, execution } = (await row(again, 'long')) ?? {};
    expect([asked, begun]).toEqual(['5', '1']);
    expect([started, execution]).toEqual([startedAt?.toISOString(), executionArn]);
    expect(JSON.parse(described.output ?? '')).toMatchObject({ id: 'long', rounds: 5, answer: { asked: 5 } });
  });

  it('keeps the secret without rotating it again, and the published object', async () => {
    const [name = ''] = again.secrets.names;
    expect(again.secrets.get(name)).toMatch(/[^+]\+$/);
    expect(await (await fetch(again.outputs['JwksUrl'] ?? '')).text()).toBe(jwks);
  });
});

describe('the state folder', () => {
  it('can be used again after a stop', async () => {
    const stopped = work.path('stopped');
    const first = await startCloud({ assemblyDir: work.assemblyDir, stateDir: stopped });
    await expect(startCloud({ assemblyDir: work.assemblyDir, stateDir: stopped })).rejects.toThrow('in use by process');
    await first.runSchedule('Schedule');
    await first.stop();
    expect(existsSync(join(stopped, 'lock'))).toBe(false);
    const second = await startCloud({ assemblyDir: work.assemblyDir, stateDir: stopped });
    await second.runSchedule('Schedule');
    expect(await row(second, 'ticks')).toMatchObject({ asked: '2' });
    await second.stop();
  });
});

describe('messages in flight at the end of a process', () => {
  it('become visible, except those hidden for longer than the visibility time-out', () => {
    const file = new DatabaseSync(':memory:');
    file.exec(`CREATE TABLE sqs_queues (name TEXT, attributes TEXT);
      CREATE TABLE sqs_messages (queue_name TEXT, receipt_handle TEXT, visibility_deadline INTEGER);
      INSERT INTO sqs_queues VALUES ('q', '{"VisibilityTimeout":"60"}'), ('r', '{}');
      INSERT INTO sqs_messages VALUES ('q', 'held', 61000), ('q', 'backed off', 61001), ('r', 'default', 31000),
        ('r', 'default backed off', 31001), ('q', NULL, NULL);`);
    releaseInFlight(file as Parameters<typeof releaseInFlight>[0], 1000);
    const left = file.prepare('SELECT receipt_handle FROM sqs_messages WHERE receipt_handle IS NOT NULL').all();
    expect(left.map((one) => one['receipt_handle'])).toEqual(['backed off', 'default backed off']);
  });
});
