/** Which resources of the stateful stack remain when the stack is deleted or a resource is replaced: all but those named here. */
import { RemovalPolicies, type Stack } from 'aws-cdk-lib';

const madeAgain = 'it holds no data, and the next deployment creates it again';

/** The types that may be lost, each with the reason. A type that is not named here is kept. */
export const mayBeLost: Readonly<Record<string, string>> = {
  // An alarm that no longer exists in the template must not remain and trigger.
  'AWS::CloudWatch::Alarm': madeAgain,
  'AWS::SNS::Topic': madeAgain,
  'AWS::SNS::TopicPolicy': madeAgain,
  'AWS::SNS::Subscription': 'the next deployment creates it again, and its recipient confirms it again',
};

/** Keeps every resource of the stack that may not be lost. */
export function keepResources(stack: Stack): void {
  RemovalPolicies.of(stack).retain({ excludeResourceTypes: Object.keys(mayBeLost) });
}
