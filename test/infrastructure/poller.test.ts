/** The poller's state machine: every way through it ends, waits or hands over. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { timingsOf } from '../../lib/config/timings.ts';
import { deployedPoller, type State } from './poller-definition.ts';

const { limits } = loadEnvironment('dev');
const { properties: machine, text, definition } = deployedPoller();
const states = Object.entries(definition.States);

function state(name: string): State {
  const found = definition.States[name];
  if (found === undefined) throw new Error(`There is no state ${name}`);
  return found;
}

describe('the state machine', () => {
  test('is STANDARD, logs every step and no data', () => {
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      StateMachineName: 'issue-on-behalf-dev-poller',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });

  test('uses JSONPath only', () => {
    expect(text).not.toContain('QueryLanguage');
    expect(text).not.toContain('{%');
  });

  test('has a time-out of its own, longer than an issuance may stay submitted', () => {
    expect(definition.TimeoutSeconds).toBeGreaterThan(limits.pollDeadlineHours * 3600);
  });

  test('has a time-out, a retry and a catch on every state that can take one', () => {
    const tasks = states.filter(([, { Type }]) => Type === 'Task');
    expect(tasks.map(([name]) => name)).toEqual(['CheckStatus', 'HandOver']);
    for (const [, task] of tasks) {
      expect(task.TimeoutSeconds).toBeGreaterThan(0);
      expect(task.Retry?.some(({ JitterStrategy }) => JitterStrategy === 'FULL')).toBe(true);
      expect(task.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    }
    const kinds = new Set(states.map(([, { Type }]) => Type));
    expect(kinds).toEqual(new Set(['Task', 'Choice', 'Wait', 'Succeed', 'Fail']));
  });

  test('waits for the function a little longer than the function may take', () => {
    expect(state('CheckStatus').TimeoutSeconds).toBeGreaterThan(timingsOf(limits).functionSeconds);
  });

  test('fault 52: gives the function the whole state: no path of it fails where older code left `holds` out', () => {
    const { Parameters, InputPath, ResultPath, ResultSelector } = state('CheckStatus');
    expect([Parameters, InputPath, ResultPath, ResultSelector]).toEqual(Array(4).fill(undefined));
  });

  test('does what the function says', () => {
    const next = Object.fromEntries(
      (state('Decide').Choices ?? []).map((choice) => [choice.StringEquals, choice.Next]),
    );
    expect(next).toEqual({ wait: 'Wait', done: 'Done', 'hand-over': 'HandOver' });
    expect(state(state('Decide').Default ?? '').Type).toBe('Fail');
    expect(state('Wait')).toMatchObject({ SecondsPath: '$.waitSeconds', Next: 'CheckStatus' });
  });

  test('hands over to itself, from the first round, under a name that a retry repeats', () => {
    expect(state('HandOver').Parameters).toEqual({
      'StateMachineArn.$': '$$.StateMachine.Id',
      'Name.$': "States.Hash($$.Execution.Name, 'SHA-256')",
      Input: { 'ids.$': '$.ids', 'startedAt.$': '$.startedAt', round: 0, 'holds.$': '$.holds' },
    });
    expect(state('HandOver').Resource).toBe('arn:aws:states:::states:startExecution');
  });

  test('names no state that is not there, and says why it failed', () => {
    const named = states.flatMap(([, each]) => [
      each.Next,
      each.Default,
      ...(each.Choices ?? []).map(({ Next }) => Next),
      ...(each.Catch ?? []).map(({ Next }) => Next),
    ]);
    const missing = named.filter((name) => name !== undefined && !Object.hasOwn(definition.States, name));
    expect(missing).toEqual([]);
    const failing = states.filter(([, { Type }]) => Type === 'Fail');
    expect(failing.every(([, { Cause }]) => Cause?.includes('docs/runbook.md#'))).toBe(true);
  });
});
