/** The queue's policy: nobody but our own functions, until the environment's file names others. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { StatefulStack } from '../../cdk/stacks/stateful.ts';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';

const topic = 'arn:aws:sns:eu-west-1:210987654321:orders';
const rule = 'arn:aws:events:eu-west-1:210987654321:rule/orders';
const role = 'arn:aws:iam::210987654321:role/shop';
const rules = [{ name: 'any', program: "'kyc'", holder: 'email', claims: '{}', occurredAt: 'at' }];

/** The statements that let someone send, without what CDK makes different each time. */
function sendersOf(changes: object): unknown[] {
  const { environment: _, ...dev } = loadEnvironment('dev');
  const text = JSON.stringify({ environment: 'dev', ...dev, sources: {}, ...changes });
  const stack = new StatefulStack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'stateful', {
    environment: parseEnvironment(text, 'config/dev.json'),
  });
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::SQS::QueuePolicy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ Action, Principal, Condition }) => ({ Action, Principal, Condition }));
}

test('lets nobody in by itself', () => {
  expect(sendersOf({})).toEqual([]);
});

test('lets in the accounts and roles the file names', () => {
  const source = { queue: { principals: [role, role] }, rules };
  expect(sendersOf({ queueSenders: ['123456789012'], sources: { shop: source } })).toEqual([
    {
      Action: 'sqs:SendMessage',
      Principal: { AWS: [expect.objectContaining({ 'Fn::Join': expect.anything() }), role] },
      Condition: undefined,
    },
  ]);
});

test('lets in a service only for the topics and rules the file names', () => {
  const source = { queue: { snsTopics: [topic], eventBridge: [{ rule, source: 'com.example.shop' }] }, rules };
  expect(sendersOf({ sources: { shop: source } })).toEqual([
    {
      Action: 'sqs:SendMessage',
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': [topic] } },
    },
    {
      Action: 'sqs:SendMessage',
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': [rule] } },
    },
  ]);
});
