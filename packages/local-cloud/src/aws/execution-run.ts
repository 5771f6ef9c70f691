/** The inputs of the interpreter for one execution, new or resumed, and the reading of its result. */
import type { RunOptions, StateMachine, StateMachineDefinition } from 'aws-local-stepfunctions';
import { asNumber } from '../template/json.ts';
import type { MachinePlan } from '../template/plan-machines.ts';
import type { Ending, Execution } from './execution-journal.ts';

/** A JSON value as the interpreter types it. */
export type Json = Parameters<StateMachine['run']>[0];

/** The state that leads a resumed execution to its last state. */
export const resumeState = 'resume where the last run ended';

/** The machine's definition; for a resumed execution it starts with the state entered last. */
export function definitionFor(
  plan: MachinePlan,
  execution: Execution | undefined,
  elapsedMs: number,
): StateMachineDefinition {
  const definition = structuredClone(plan.definition) as unknown as StateMachineDefinition;
  const limit = asNumber(definition.TimeoutSeconds);
  // setTimeout allows at most 2^31 ms; a machine without a limit may run for a year.
  if (limit !== undefined)
    definition.TimeoutSeconds = Math.min(Math.max(1, Math.ceil(limit - elapsedMs / 1000)), 2_147_483);
  if (!execution?.state || execution.stateInput === null) return definition;
  // The template has changed: the execution starts over, and its tasks may be repeated.
  if (!(execution.state in definition.States)) return definition;
  const input = JSON.parse(execution.stateInput) as Json;
  definition.States[resumeState] = { Type: 'Pass', Result: input, Next: execution.state };
  definition.StartAt = resumeState;
  return definition;
}

/** The context object; templates' `$$.Execution` is read as `$$.Started` so that a resumption keeps its start time. */
export function contextOf(plan: MachinePlan, execution: Execution): NonNullable<RunOptions['context']> {
  return {
    Started: {
      Id: execution.arn,
      Name: execution.name,
      Input: JSON.parse(execution.input) as unknown,
      StartTime: new Date(execution.startedAt).toISOString(),
    },
    StateMachine: { Id: plan.arn, Name: plan.name },
  };
}

/** Waits for an execution's end. */
export async function endingOf(result: Promise<Json>): Promise<Ending> {
  try {
    return { status: 'SUCCEEDED', output: JSON.stringify(await result) };
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (failure.name === 'ExecutionAbortedError') return { status: 'ABORTED' };
    if (failure.name === 'ExecutionTimeoutError') return { status: 'TIMED_OUT', error: 'States.Timeout' };
    const reason = failure.cause instanceof Error ? failure.cause : failure;
    return { status: 'FAILED', error: reason.name, cause: reason.message };
  }
}
