/** The poller's definition as the template of an environment has it. */
import type { Environment } from '../../lib/config/environment.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

/** A state, as far as the tests look into it. */
export interface State {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  Next?: string;
  Default?: string;
  SecondsPath?: string;
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
  Retry?: {
    ErrorEquals: string[];
    MaxAttempts: number;
    IntervalSeconds?: number;
    BackoffRate?: number;
    JitterStrategy?: string;
  }[];
  Result?: unknown;
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Parameters?: Record<string, unknown>;
  InputPath?: string;
  ResultPath?: string;
  ResultSelector?: object;
  Cause?: string;
}

const arns = {
  function: 'arn:aws:lambda:eu-west-1:123456789012:function:issue-on-behalf-dev-poller',
  machine: 'arn:aws:states:eu-west-1:123456789012:stateMachine:issue-on-behalf-dev-poller',
};

/** Properties of a state machine, and its definition with ARNs in place of the references to its function and its successor. */
export function deployedPoller(type: 'STANDARD' | 'EXPRESS', environment?: Environment) {
  const { stateless } = templatesOf(environment);
  const machines = resourcesOf(stateless, 'AWS::StepFunctions::StateMachine');
  const machine = machines.find(([, { Properties }]) => Properties['StateMachineType'] === type);
  if (machine === undefined) throw new Error(`There is no ${type} state machine`);
  const properties = machine[1].Properties;
  const parts: unknown[] = properties['DefinitionString']['Fn::Join'][1];
  const arnOf = (part: object) => ('Ref' in part ? arns.machine : arns.function);
  const text = parts.map((part) => (typeof part === 'object' && part !== null ? arnOf(part) : String(part))).join('');
  const definition: { StartAt: string; TimeoutSeconds: number; States: Record<string, State> } = JSON.parse(text);
  return { properties, text, definition };
}
