/** The function behind the HTTP API: accepts issuances and shows them. */
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentFile } from '../../lib/config/deployed-names.ts';
import type { FunctionDeployment } from '../deployment.ts';
import type { StatefulParts } from '../stacks/stateful.ts';
import { BackendFunction } from './backend-function.ts';

// Calls AWS only. A call that is never answered ends after 17.5 seconds (lib/aws/client-settings.ts), and API Gateway
// waits for at most 30.
const timeoutSeconds = 25;

/** The trigger may store and list issuances and send their ids to the queue. */
export class Trigger extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, deployment: FunctionDeployment, parts: StatefulParts) {
    super(scope, id);
    const { table, queue, secrets } = parts;
    this.function = new BackendFunction(this, 'Trigger', {
      name: 'trigger',
      deployment,
      timeoutSeconds,
      variables: {
        ENVIRONMENT_FILE: environmentFile,
        TABLE_NAME: table.table.tableName,
        QUEUE_URL: queue.queue.queueUrl,
        PSEUDONYM_KEY_SECRET: secrets.pseudonymKey.secretArn,
        API_TOKENS_SECRET: secrets.apiTokens.secretArn,
        SOURCE_SECRETS_SECRET: secrets.sourceSecrets.secretArn,
      },
      access: [
        ...table.recordAccess('GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'),
        ...table.listAccess(),
        queue.sendAccess(),
        ...secrets.readAccess(secrets.apiTokens, secrets.sourceSecrets, secrets.pseudonymKey),
      ],
    }).function;
  }
}
