/** The poller's state machine: check, wait, check again, until all issuances of the batch have ended. */
import type { NextStep } from '../../lib/confirm/poller-state.ts';

// Execution input, from the worker: {"ids": ["iss_…"], "startedAt": "<RFC 3339>", "round": 0}.
//
// An execution holds 25,000 history events. A round makes nine: five of the task, two of the choice, two of the wait. The
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

interface PollerDefinitionProps {
  pollerArn: string;
  /** Slightly more than the function's own time-out. */
  checkSeconds: number;
  /** Slightly more than the time for which an issuance may stay `submitted`. */
  executionSeconds: number;
  partition: string;
  /** Address of the runbook. */
  runbook: string;
}

/** The definition in Amazon States Language, JSONPath throughout. Choice, Wait, Succeed and Fail take no time-out. */
export function pollerDefinition(props: PollerDefinitionProps): object {
  return {
    Comment: 'Requests the status of a batch of issuances until each has ended',
    StartAt: 'CheckStatus',
    TimeoutSeconds: props.executionSeconds,
    States: {
      CheckStatus: checkStatus(props),
      Decide: decide(),
      Wait: { Type: 'Wait', SecondsPath: '$.waitSeconds', Next: 'CheckStatus' },
      HandOver: handOver(props),
      Done: { Type: 'Succeed' },
      CheckFailed: fail(
        'PollerFailed',
        'The poller function failed repeatedly, or its answer is not valid',
        props.runbook,
      ),
      HandOverFailed: fail('HandOverFailed', 'The next execution could not be started', props.runbook),
    },
  };
}

/** The function receives the whole state: a path to a member fails if older code has omitted that member (`holds`). */
function checkStatus({ pollerArn, checkSeconds }: PollerDefinitionProps): object {
  return {
    Type: 'Task',
    Resource: pollerArn,
    TimeoutSeconds: checkSeconds,
    Retry: [retry],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'CheckFailed' }],
    Next: 'Decide',
  };
}

function decide(): object {
  const when = (answer: NextStep, next: string) => ({ Variable: '$.next', StringEquals: answer, Next: next });
  return {
    Type: 'Choice',
    Choices: [when('wait', 'Wait'), when('hand-over', 'HandOver'), when('done', 'Done')],
    Default: 'CheckFailed',
  };
}

function handOver({ partition }: PollerDefinitionProps): object {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::states:startExecution`,
    TimeoutSeconds: 60,
    Parameters: {
      'StateMachineArn.$': '$$.StateMachine.Id',
      // The same hand-over has the same name: a retry after a lost answer starts no second execution.
      'Name.$': "States.Hash($$.Execution.Name, 'SHA-256')",
      Input: { 'ids.$': '$.ids', 'startedAt.$': '$.startedAt', round: 0, 'holds.$': '$.holds' },
    },
    Retry: [
      { ErrorEquals: ['StepFunctions.ExecutionAlreadyExistsException'], MaxAttempts: 0 },
      { ...retry, ErrorEquals: ['States.TaskFailed', 'States.Timeout'] },
    ],
    Catch: [
      { ErrorEquals: ['StepFunctions.ExecutionAlreadyExistsException'], ResultPath: '$.error', Next: 'Done' },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'HandOverFailed' },
    ],
    Next: 'Done',
  };
}

function fail(error: string, what: string, runbook: string): object {
  const cause = `${what}. Reconcile starts another execution for what is still open. See ${runbook}#poller-executions`;
  return { Type: 'Fail', Error: error, Cause: cause };
}
