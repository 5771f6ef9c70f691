/** Reads schedules of EventBridge rules and of EventBridge Scheduler. */
import { functionName } from './function-name.ts';
import { asObject, asText, type JsonObject } from './json.ts';
import type { Reading } from './reading.ts';

/** A function that runs at an interval in milliseconds; without an input it gets EventBridge's own event. */
export interface SchedulePlan {
  name: string;
  logicalId: string;
  functionName: string;
  everyMs: number;
  input: unknown;
  arn: string;
  /** The role under which EventBridge Scheduler invokes the function; undefined for a rule, which the function permits. */
  roleArn: string | undefined;
}

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function everyMs(reading: Reading): number {
  const expression = reading.text('ScheduleExpression');
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const unit = unitMs[rate?.[2] ?? ''];
  if (!rate || unit === undefined) throw reading.refuse(`schedule ${expression} is not understood, only rate(…) is`);
  return Number(rate[1]) * unit;
}

function target(reading: Reading): JsonObject {
  if (reading.resource.type === 'AWS::Scheduler::Schedule') return reading.object('Target');
  const targets = reading.list('Targets');
  if (targets.length !== 1) throw reading.refuse('only a schedule with one target runs locally');
  return asObject(targets[0]);
}

/** Reads a schedule of one function; event patterns, cron and other targets are refused. */
export function readSchedule(reading: Reading): SchedulePlan {
  reading.expect('State', 'ENABLED');
  const to = target(reading);
  reading.only(to, ['Arn', 'Id', 'Input', 'RoleArn', 'RetryPolicy', 'DeadLetterConfig'], 'Target.');
  const arn = asText(to['Arn']) ?? '';
  if (!arn.includes(':lambda:')) throw reading.refuse('only functions can be scheduled locally');
  const input = asText(to['Input']);
  return {
    name: reading.name,
    logicalId: reading.resource.id,
    functionName: functionName(arn),
    everyMs: everyMs(reading),
    input: input === undefined ? undefined : JSON.parse(input),
    arn: reading.identity.attributes['Arn'] ?? '',
    roleArn: reading.resource.type === 'AWS::Scheduler::Schedule' ? (asText(to['RoleArn']) ?? '') : undefined,
  };
}
