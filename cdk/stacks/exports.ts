/** The values that the stateful stack exports to the stateless stack. */
import type { Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IssuanceEvents } from '../constructs/event-bus.ts';
import type { IssuanceQueue } from '../constructs/issuance-queue.ts';
import type { IssuanceTable } from '../constructs/issuance-table.ts';
import type { JwksSite } from '../constructs/jwks-site.ts';
import type { Secrets } from '../constructs/secrets.ts';

interface Exported {
  key: IKey;
  ownTopic: ITopic;
  table: IssuanceTable;
  queue: IssuanceQueue;
  secrets: Secrets;
  jwks: JwksSite;
  events: IssuanceEvents;
}

/**
 * Exports each value explicitly, whether the stateless stack of this version uses it or not: the stateful stack is deployed first,
 * and CloudFormation refuses to remove an export that the deployed stateless stack still imports. The names are those that CDK
 * derives for a reference between stacks. An export may be added, but never removed in the version that stops using it.
 */
export function exportValues(stack: Stack, { key, ownTopic, table, queue, secrets, jwks, events }: Exported): void {
  const values = [
    key.keyArn,
    ownTopic.topicArn,
    table.table.tableArn,
    table.table.tableName,
    ...[queue.queue, queue.deadLetters].flatMap((each) => [each.queueArn, each.queueUrl, each.queueName]),
    secrets.signingKeys.secretArn,
    secrets.apiTokens.secretArn,
    secrets.sourceSecrets.secretArn,
    secrets.providerAccounts.secretArn,
    secrets.pseudonymKey.secretArn,
    jwks.bucket.bucketArn,
    jwks.bucket.bucketName,
    jwks.distribution.distributionId,
    jwks.distribution.distributionDomainName,
    events.bus.eventBusArn,
    events.bus.eventBusName,
  ];
  for (const value of values) stack.exportValue(value);
}
