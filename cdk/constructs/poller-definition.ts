/** The poller's two state machines: check, wait, check again, until all issuances of the batch have ended. */
import { expressLimitSeconds } from '../../lib/config/timings.ts';
import type { NextStep } from '../../lib/confirm/poller-state.ts';

// Execution input, from worker and reconcile: {"ids": ["iss_…"], "startedAt": "<RFC 3339>", "round": 0, "holds": {}}.
//
// A STANDARD execution holds 25,000 history events. A round makes nine: five of the task, two of the choice, two of the wait. The
// function answers `hand-over` at round 2,000: 9 × 2,000 = 18,000. That leaves 7,000 events for retries, three each;
// one failed attempt in every single round makes 12 × 2,000 = 24,000 and still fits.
//
// 300 attempts, 2.5 minutes apart on average (full jitter up to five): Lambda may be unavailable for half a day.
const retry = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.ClientExecutionTimeoutException',
    'States.TaskFailed',
    'States.Timeout',
  ],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 300,
  MaxAttempts: 300,
  JitterStrategy: 'FULL',
};

export interface PollerDefinitionProps {
  pollerArn: string;
  /** Slightly more than the function's own time-out. */
  checkSeconds: number;
  partition: string;
  /** Address of the runbook. */
  runbook: string;
}

interface StandardPollerProps extends PollerDefinitionProps {
  /** Slightly more than the time for which an issuance may stay `submitted`. */
  executionSeconds: number;
}

interface ExpressPollerProps extends PollerDefinitionProps {
  /** The STANDARD machine. */
  nextArn: string;
}

/** Polls until the deadline. In Amazon States Language, JSONPath throughout. Choice, Wait, Succeed and Fail take no time-out. */
export function standardPoller(props: StandardPollerProps): object {
  return {
    Comment: 'Requests the status of a batch of issuances until each has ended',
    StartAt: 'CheckStatus',
    TimeoutSeconds: props.executionSeconds,
    States: {
      CheckStatus: { ...checkStatus(props), Retry: [retry], Catch: failedThen('CheckFailed') },
      ...betweenRounds(props),
      HandOver: {
        // The count of rounds limits the history of one execution, so it starts again.
        ...startNext({ ...props, nextArn: { 'StateMachineArn.$': '$$.StateMachine.Id' }, round: { round: 0 } }),
        TimeoutSeconds: 60,
        Retry: [alreadyStarted, { ...retry, ErrorEquals: ['States.TaskFailed', 'States.Timeout'] }],
      },
    },
  };
}

/**
 * Polls for the first minutes, in which nearly all issuances are confirmed: paid by time, not by transition. What is then
 * open, or cannot be polled because the function fails, is passed to the STANDARD machine.
 */
export function expressPoller(props: ExpressPollerProps): object {
  return {
    Comment: 'Requests the status of a batch of issuances for the first minutes, and passes on what is open then',
    StartAt: 'Begin',
    TimeoutSeconds: expressLimitSeconds,
    States: {
      // Tells the function that this execution ends after five minutes.
      Begin: { Type: 'Pass', Result: true, ResultPath: '$.express', Next: 'CheckStatus' },
      CheckStatus: { ...checkStatus(props), Catch: failedThen('HandOver') },
      ...betweenRounds(props),
      HandOver: {
        ...startNext({ ...props, nextArn: { StateMachineArn: props.nextArn }, round: { 'round.$': '$.round' } }),
        // Four attempts of 5 s, and 7 s between them: handOverSeconds in lib/config/timings.ts.
        TimeoutSeconds: 5,
        Retry: [
          alreadyStarted,
          { ErrorEquals: ['States.TaskFailed', 'States.Timeout'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3 },
        ],
      },
    },
  };
}

/** The function receives the whole state: a path to a member fails if older code has omitted that member (`holds`). */
function checkStatus({ pollerArn, checkSeconds }: PollerDefinitionProps): object {
  return { Type: 'Task', Resource: pollerArn, TimeoutSeconds: checkSeconds, Next: 'Decide' };
}

function failedThen(next: string): object[] {
  return [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: next }];
}

const when = (answer: NextStep, next: string) => ({ Variable: '$.next', StringEquals: answer, Next: next });

function betweenRounds({ runbook }: PollerDefinitionProps): object {
  return {
    Decide: {
      Type: 'Choice',
      Choices: [when('wait', 'Wait'), when('hand-over', 'HandOver'), when('done', 'Done')],
      Default: 'CheckFailed',
    },
    Wait: { Type: 'Wait', SecondsPath: '$.waitSeconds', Next: 'CheckStatus' },
    Done: { Type: 'Succeed' },
    CheckFailed: fail('PollerFailed', 'The poller function failed repeatedly, or its answer is not valid', runbook),
    HandOverFailed: fail('HandOverFailed', 'The next execution could not be started', runbook),
  };
}

const alreadyStarted = { ErrorEquals: ['StepFunctions.ExecutionAlreadyExistsException'], MaxAttempts: 0 };

interface NextExecution {
  partition: string;
  nextArn: object;
  round: object;
}

function startNext({ partition, nextArn, round }: NextExecution): object {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::states:startExecution`,
    Parameters: {
      ...nextArn,
      // The same hand-over has the same name: a retry after a lost answer starts no second execution.
      'Name.$': "States.Hash($$.Execution.Name, 'SHA-256')",
      Input: { 'ids.$': '$.ids', 'startedAt.$': '$.startedAt', ...round, 'holds.$': '$.holds' },
    },
    Catch: [
      { ErrorEquals: ['StepFunctions.ExecutionAlreadyExistsException'], ResultPath: '$.error', Next: 'Done' },
      ...failedThen('HandOverFailed'),
    ],
    Next: 'Done',
  };
}

function fail(error: string, what: string, runbook: string): object {
  const cause = `${what}. Reconcile starts another execution for what is still open. See ${runbook}#poller-executions`;
  return { Type: 'Fail', Error: error, Cause: cause };
}
