/** The policies of the operators' commands name resources of one environment, and nothing else. */
import { expect, test } from 'vitest';
import type { OutputName } from '../../cdk/names.ts';
import { operatorCommands, operatorPolicy } from '../../cdk/operator-policies.ts';

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-abcdef`;
const outputs = {
  TableName: 'table',
  QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/queue',
  DeadLetterQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/letters',
  EventBusName: 'bus',
  SigningKeysSecretArn: secret('keys'),
  PseudonymKeySecretArn: secret('pseudonyms'),
  SourceSecretsSecretArn: secret('sources'),
};

const output = (name: OutputName): string => (outputs as Partial<Record<OutputName, string>>)[name] ?? fail(name);

function fail(name: string): never {
  throw new Error(`no output ${name}`);
}

test.each(operatorCommands)(
  '%s: every placeholder is filled in, and no resource is of another environment',
  (command) => {
    const { Statement } = operatorPolicy(command, 'dev', output);
    expect(JSON.stringify(Statement)).not.toMatch(/\$\{/);
    for (const { Effect, Action, Resource } of Statement) {
      expect(Effect).toBe('Allow');
      expect([Action].flat().filter((action) => String(action).includes('*'))).toEqual([]);
      expect(Resource).toMatch(/^arn:aws:[a-z]+:eu-west-1:111122223333:[\w/:.-]+\*?$/);
    }
  },
);

test('an output that does not exist is no policy', () => {
  const missing = (name: OutputName) => (name === 'PseudonymKeySecretArn' ? fail(name) : output(name));
  expect(() => operatorPolicy('erase', 'dev', missing)).toThrow('PseudonymKeySecretArn');
  expect(() => operatorPolicy('keys', 'dev', missing)).not.toThrow();
});

test('a key is used only for its environment, which its alias names', () => {
  const statements = operatorCommands.flatMap((command) => operatorPolicy(command, 'dev', output).Statement);
  const ofKeys = statements.filter(({ Resource }) => String(Resource).endsWith(':key/*'));
  expect(ofKeys.length).toBeGreaterThan(0);
  for (const { Condition } of ofKeys) {
    const alias = { 'kms:ResourceAliases': 'alias/issue-on-behalf-dev' };
    expect(Condition).toMatchObject({
      'ForAnyValue:StringEquals': alias,
      StringEquals: { 'kms:ViaService': expect.anything() },
    });
  }
});
