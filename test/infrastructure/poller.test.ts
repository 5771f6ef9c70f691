/** The poller's state machines: every way through them ends, waits or hands over. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { timingsOf } from '../../lib/config/timings.ts';
import { deployedPoller, type State } from './poller-definition.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { limits } = loadEnvironment('dev');
const timings = timingsOf(limits);
const standard = deployedPoller('STANDARD');
const express = deployedPoller('EXPRESS');

function stateOf({ definition }: typeof standard, name: string): State {
  const found = definition.States[name];
  if (found === undefined) throw new Error(`There is no state ${name}`);
  return found;
}

describe.each([
  ['STANDARD', 'issue-on-behalf-dev-poller', standard],
  ['EXPRESS', 'issue-on-behalf-dev-poller-express', express],
])('the %s state machine', (type, name, machine) => {
  const { properties, text, definition } = machine;
  const states = Object.entries(definition.States);
  const state = (of: string) => stateOf(machine, of);

  test('logs failures and no data', () => {
    expect(properties).toMatchObject({
      StateMachineType: type,
      StateMachineName: name,
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
    });
  });

  test('uses JSONPath only', () => {
    expect(text).not.toContain('QueryLanguage');
    expect(text).not.toContain('{%');
  });

  test('has a time-out and a catch on every state that can take one', () => {
    const tasks = states.filter(([, { Type }]) => Type === 'Task');
    expect(tasks.map(([name]) => name)).toEqual(['CheckStatus', 'HandOver']);
    for (const [, task] of tasks) {
      expect(task.TimeoutSeconds).toBeGreaterThan(0);
      expect(task.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    }
    const kinds = new Set(states.map(([, { Type }]) => Type));
    expect(kinds).toEqual(
      new Set(['Task', 'Choice', 'Wait', 'Succeed', 'Fail', ...(type === 'EXPRESS' ? ['Pass'] : [])]),
    );
  });

  test('waits for the function a little longer than the function may take', () => {
    expect(state('CheckStatus').TimeoutSeconds).toBeGreaterThan(timings.functionSeconds);
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

const common = { 'ids.$': '$.ids', 'startedAt.$': '$.startedAt', 'holds.$': '$.holds' };
const nextName = "States.Hash($$.Execution.Name, 'SHA-256')";

describe('the STANDARD state machine', () => {
  test('has a time-out longer than an issuance may stay submitted', () => {
    expect(standard.definition.TimeoutSeconds).toBeGreaterThan(limits.pollDeadlineHours * 3600);
  });

  test('repeats what fails, with jitter', () => {
    for (const name of ['CheckStatus', 'HandOver']) {
      expect(stateOf(standard, name).Retry?.some(({ JitterStrategy }) => JitterStrategy === 'FULL')).toBe(true);
    }
  });

  test('hands over to itself, from the first round, under a name that a retry repeats', () => {
    expect(stateOf(standard, 'HandOver')).toMatchObject({
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { 'StateMachineArn.$': '$$.StateMachine.Id', 'Name.$': nextName, Input: { ...common, round: 0 } },
    });
  });
});

describe('the EXPRESS state machine', () => {
  test('ends after five minutes, which a last round and a hand-over with all its attempts do not exceed', () => {
    const { TimeoutSeconds: check = 0 } = stateOf(express, 'CheckStatus');
    const { TimeoutSeconds: start = 0, Retry = [] } = stateOf(express, 'HandOver');
    const { MaxAttempts = 0, IntervalSeconds = 0, BackoffRate = 0 } = Retry.at(-1) ?? {};
    const waits = Array.from({ length: MaxAttempts }, (_, index) => IntervalSeconds * BackoffRate ** index);
    const handOver = start * (MaxAttempts + 1) + waits.reduce((sum, wait) => sum + wait, 0);
    expect(express.definition.TimeoutSeconds).toBe(300);
    expect(timings.expressSeconds + check + handOver).toBeLessThanOrEqual(300);
  });

  test('says that it is one, and hands over to the STANDARD one with the rounds so far', () => {
    expect(express.definition.StartAt).toBe('Begin');
    expect(stateOf(express, 'Begin')).toMatchObject({ Result: true, ResultPath: '$.express', Next: 'CheckStatus' });
    expect(stateOf(express, 'HandOver').Parameters).toMatchObject({
      StateMachineArn: expect.stringMatching(/:stateMachine:issue-on-behalf-dev-poller$/),
      'Name.$': nextName,
      Input: { ...common, 'round.$': '$.round' },
    });
  });

  test('hands over at once what it cannot check', () => {
    expect(stateOf(express, 'CheckStatus').Retry).toBeUndefined();
    expect(stateOf(express, 'CheckStatus').Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'HandOver' },
    ]);
  });

  test('is left out where a check may take so long that no round would fit', () => {
    expect(timingsOf({ providerCallSeconds: 60 }).expressSeconds).toBeLessThanOrEqual(0);
    const environment = loadEnvironment('dev');
    const { stateless } = templatesOf({ ...environment, limits: { ...limits, providerCallSeconds: 60 } });
    const machines = resourcesOf(stateless, 'AWS::StepFunctions::StateMachine');
    expect(machines.map(([, { Properties }]) => Properties['StateMachineType'])).toEqual(['STANDARD']);
  });
});
