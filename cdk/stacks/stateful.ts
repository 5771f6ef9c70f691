/** The resources that an environment must not lose: key, table, queue, secrets, the published JWKS, the event bus. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment } from '../../lib/config/environment.ts';
import { timingsOf } from '../../lib/config/timings.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { EncryptionKey } from '../constructs/encryption-key.ts';
import { IssuanceEvents } from '../constructs/event-bus.ts';
import { IssuanceQueue } from '../constructs/issuance-queue.ts';
import { IssuanceTable } from '../constructs/issuance-table.ts';
import { JwksSite } from '../constructs/jwks-site.ts';
import { Secrets } from '../constructs/secrets.ts';
import type { Deployment } from '../deployment.ts';
import { keepResources } from '../kept.ts';
import type { OutputName } from '../names.ts';
import { runbookOf } from '../runbook.ts';
import { exportValues } from './exports.ts';

/** The resources that the functions use. */
export interface StatefulParts {
  table: IssuanceTable;
  queue: IssuanceQueue;
  secrets: Secrets;
  jwks: JwksSite;
  events: IssuanceEvents;
}

/** The stack that is deployed first and never deleted. */
export class StatefulStack extends Stack {
  readonly deployment: Deployment;
  readonly parts: StatefulParts;

  constructor(scope: Construct, id: string, props: StackProps & { environment: Environment }) {
    super(scope, id, { terminationProtection: true, ...props });
    const { environment } = props;
    const { key } = new EncryptionKey(this, 'Encryption', environment.environment);
    const { topic, ownTopic } = new AlarmTopic(this, 'Alarms', {
      key,
      email: environment.alarmEmail,
      topicArn: environment.alarmTopicArn,
    });
    this.deployment = {
      environment,
      timings: timingsOf(environment.limits),
      key,
      alarmTopic: topic,
      runbook: runbookOf(environment),
    };
    this.parts = {
      table: new IssuanceTable(this, 'Issuances', key),
      queue: new IssuanceQueue(this, 'Queue', this.deployment),
      secrets: new Secrets(this, 'Secrets', key, environment.backupRegion),
      jwks: new JwksSite(this, 'Jwks', environment),
      events: new IssuanceEvents(this, 'Events', environment.environment),
    };
    this.addOutputs();
    exportValues(this, { ...this.parts, key, ownTopic });
    keepResources(this);
  }

  private addOutputs(): void {
    const { table, queue, secrets, jwks, events } = this.parts;
    const outputs = {
      JwksUrl: jwks.url,
      ...(jwks.domainTarget && { JwksDomainTarget: jwks.domainTarget }),
      QueueUrl: queue.queue.queueUrl,
      DeadLetterQueueUrl: queue.deadLetters.queueUrl,
      TableName: table.table.tableName,
      EventBusName: events.bus.eventBusName,
      SigningKeysSecretArn: secrets.signingKeys.secretArn,
      ApiTokensSecretArn: secrets.apiTokens.secretArn,
      SourceSecretsSecretArn: secrets.sourceSecrets.secretArn,
      ProviderAccountsSecretArn: secrets.providerAccounts.secretArn,
      PseudonymKeySecretArn: secrets.pseudonymKey.secretArn,
    } satisfies Partial<Record<OutputName, string>>;
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
