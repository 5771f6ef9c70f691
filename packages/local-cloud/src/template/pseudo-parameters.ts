/** CloudFormation's pseudo parameters on one machine. */
import type { Place } from './identity.ts';

/** Marks a value that `AWS::NoValue` removes. */
export const noValue = Symbol('AWS::NoValue');

/** The value of a pseudo parameter; undefined if it is not known. */
export function pseudoParameter(name: string, stack: string, place: Place): unknown {
  const values: Record<string, unknown> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stack}/local`,
    'AWS::NoValue': noValue,
  };
  return values[name];
}
