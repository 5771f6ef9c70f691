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
  Retry?: { ErrorEquals: string[]; MaxAttempts: number; JitterStrategy?: string }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Parameters?: Record<string, unknown>;
  InputPath?: string;
  ResultPath?: string;
  ResultSelector?: object;
  Cause?: string;
}

/** Properties of the state machine, and its definition with an ARN in place of the reference to its function. */
export function deployedPoller(environment?: Environment) {
  const { stateless } = templatesOf(environment);
  const [machine] = resourcesOf(stateless, 'AWS::StepFunctions::StateMachine');
  if (machine === undefined) throw new Error('There is no state machine');
  const properties = machine[1].Properties;
  const parts: unknown[] = properties['DefinitionString']['Fn::Join'][1];
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:issue-on-behalf-dev-poller';
  const text = parts.map((part) => (typeof part === 'string' ? part : arn)).join('');
  const definition: { StartAt: string; TimeoutSeconds: number; States: Record<string, State> } = JSON.parse(text);
  return { properties, text, definition };
}
