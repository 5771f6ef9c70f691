/** The poller's definitions run by an interpreter: what the function gets, and where its answers lead. */
import { createHash } from 'node:crypto';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { describe, expect, test } from 'vitest';
import { deployedPoller } from './poller-definition.ts';

const standard = deployedPoller('STANDARD').definition;
const express = deployedPoller('EXPRESS').definition;
const input = { ids: ['iss_1', 'iss_2'], startedAt: '2026-11-01T12:00:00.000Z', round: 0 };
const context = {
  Execution: { Name: 'first', Input: input, StartTime: input.startedAt },
  StateMachine: { Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:issue-on-behalf-dev-poller' },
};

type Answer = Record<string, string | number | string[] | Record<string, string>>;
const holds = { 'program-a': '2026-11-01T12:10:00.000Z' };

/** Runs the machine with a function that gives these answers, one per round; a start by older code has no `holds`. */
async function run(answers: (Answer | Error)[], definition: object = standard, begun: object = input) {
  const asked: unknown[] = [];
  const started: unknown[] = [];
  const execution = new StateMachine(definition as StateMachineDefinition).run(
    { ...begun },
    {
      context,
      overrides: {
        taskResourceLocalHandlers: {
          CheckStatus: async (given: unknown) => {
            const answer = answers[Math.min(asked.length, answers.length - 1)];
            asked.push(given);
            if (answer instanceof Error) throw answer;
            return { ...input, holds: {}, waitSeconds: 1, ...answer };
          },
          HandOver: async (given: unknown) => {
            started.push(given);
            return null;
          },
        },
        waitTimeOverrides: { Wait: 0 },
        retryIntervalOverrides: { CheckStatus: [0] },
      },
    },
  );
  const error = await execution.result.then(
    () => undefined,
    (cause: Error) => cause,
  );
  return { asked, started, error };
}

test('asks, waits and asks about the ones still open, until it is done', async () => {
  const { asked, error } = await run([{ next: 'wait', ids: ['iss_2'], round: 1 }, { next: 'done' }]);
  expect(error).toBeUndefined();
  expect(asked).toMatchObject([input, { ...input, ids: ['iss_2'], round: 1 }]);
});

test('fault 52: begins without holds, and passes them from round to round and to the next execution', async () => {
  const { asked, started, error } = await run([
    { next: 'wait', round: 1, holds },
    { next: 'hand-over', round: 2000, holds },
  ]);
  expect(error).toBeUndefined();
  expect(asked[0]).toEqual(input);
  expect(asked[1]).toMatchObject({ round: 1, holds });
  expect(started).toMatchObject([{ Input: { ...input, holds } }]);
});

test('hands what is open over to a new execution of itself', async () => {
  const { asked, started, error } = await run([{ next: 'hand-over', ids: ['iss_2'], round: 2000 }]);
  expect(error).toBeUndefined();
  expect(asked).toHaveLength(1);
  expect(started).toEqual([
    {
      StateMachineArn: context.StateMachine.Id,
      Name: createHash('sha256').update('first').digest('hex'),
      Input: { ...input, ids: ['iss_2'], holds: {} },
    },
  ]);
});

test('fault 23: asks again after a failure', async () => {
  const { asked, error } = await run([new Error('unavailable'), { next: 'done' }]);
  expect(error).toBeUndefined();
  expect(asked).toHaveLength(2);
});

test('fails with a cause when the function answers what nobody knows', async () => {
  const { error } = await run([{ next: 'dance' }]);
  expect(error?.message).toContain('docs/runbook.md#poller-executions');
});

describe('an EXPRESS execution', () => {
  const begun = { ...input, holds: {} };
  const next = { StateMachineArn: context.StateMachine.Id, Name: createHash('sha256').update('first').digest('hex') };

  test('tells the function that it ends after five minutes, and waits as the function says', async () => {
    const { asked, started, error } = await run(
      [{ next: 'wait', round: 1, express: 'kept' }, { next: 'done' }],
      express,
      begun,
    );
    expect(error).toBeUndefined();
    expect(asked).toMatchObject([
      { ...begun, express: true },
      { round: 1, express: 'kept' },
    ]);
    expect(started).toEqual([]);
  });

  test('hands what is open over to the STANDARD machine, with the rounds so far', async () => {
    const { started } = await run([{ next: 'hand-over', ids: ['iss_2'], round: 11, holds }], express, begun);
    expect(started).toEqual([{ ...next, Input: { ...input, ids: ['iss_2'], round: 11, holds } }]);
  });

  test('fault 23: hands everything over when the function fails', async () => {
    const { asked, started, error } = await run([new Error('unavailable')], express, begun);
    expect(error).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(started).toEqual([{ ...next, Input: { ...begun } }]);
  });
});
