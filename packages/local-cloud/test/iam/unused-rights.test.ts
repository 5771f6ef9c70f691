/** The record of calls, and the command that prints the rights which no recorded call needs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { placeFor, regionOf } from '../../src/cloud-place.ts';
import { CallRecord, readCalls, recordVariable } from '../../src/iam/call-record.ts';
import { loadAssembly } from '../../src/template/assembly.ts';
import { readPlan } from '../../src/template/plan.ts';
import { workplace } from '../fixtures/running.ts';

const work = workplace();
afterAll(() => work.remove());
const assembly = loadAssembly(work.assemblyDir);
const plan = readPlan(assembly, placeFor(regionOf(assembly)));

it('prints the rights that were not used, and counts the others', () => {
  const file = work.path('calls.jsonl');
  const [worker] = plan.functions.filter(({ name }) => name.includes('worker'));
  const caller = { kind: 'role', roleArn: worker?.roleArn ?? '', session: 'worker' } as const;
  const call = { caller, action: 'sqs:ReceiveMessage', resource: plan.mappings[0]?.queue.arn ?? '' };
  for (const record of [new CallRecord(file), new CallRecord(file)]) record.add(call);
  expect(readCalls(file)).toEqual([call]);
  const script = join(import.meta.dirname, '../../src/unused-rights-main.ts');
  const ran = spawnSync(process.execPath, [script, work.assemblyDir, file], { encoding: 'utf8' });
  const ofWorker = ran.stdout.split('\n').filter((line) => /^role \S*worker\S*: sqs:/.test(line));
  expect(ofWorker.map((line) => line.split(' ')[2])).toEqual([
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueUrl',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
  ]);
  expect([ran.status, ran.stderr]).toEqual([0, expect.stringContaining('1 recorded calls use all but')]);
});

it('a file that does not exist names the variable that would create it', () => {
  expect(() => readCalls(work.path('nothing'))).toThrow(recordVariable);
});
