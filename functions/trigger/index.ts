/** The trigger bound to AWS. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { apiTokenSecret, sourceSecret } from '../../lib/aws/shared-secrets.ts';
import { unusableTable } from '../../lib/aws/unusable-table.ts';
import { readBundledEnvironment } from '../../lib/config/bundled-environment.ts';
import { apiDocumentFile } from '../../lib/config/deployed-names.ts';
import { readFunctionEnvironment } from '../../lib/config/function-environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import { acceptPorts } from '../composition/accept-ports.ts';
import { recordPorts } from '../composition/record-ports.ts';
import { trigger } from './handler.ts';
import type { TriggerPorts } from './operation.ts';

const variables = readFunctionEnvironment('trigger');
const environment = readBundledEnvironment(variables.ENVIRONMENT_FILE);
const secrets = new SecretsManagerClient(clientSettings);
const table = documentClient();
const records = recordPorts('trigger', table, variables.TABLE_NAME);
const { now } = records.clock;

/** Beside the bundle and not in it: it is rarely requested, and every cold start would load it. */
const apiDocument = () => readFileSync(resolve(process.env['LAMBDA_TASK_ROOT'] ?? '.', apiDocumentFile), 'utf8');

const ports: TriggerPorts = {
  ...records,
  unusable: unusableTable(table, variables.TABLE_NAME),
  retentionMs: durationsOf(environment.limits).retentionMs,
  ...acceptPorts(table, secrets, variables, records),
  apiDocument,
  programs: catalogOf(environment),
  queue: issuanceQueue(new SQSClient(clientSettings), variables.QUEUE_URL),
  apiTokens: apiTokenSecret(secrets, variables.API_TOKENS_SECRET, now),
  sources: environment.sources,
  sourceSecrets: sourceSecret(secrets, variables.SOURCE_SECRETS_SECRET, now),
};

export const handler = (event: APIGatewayProxyEventV2) => trigger(event, ports);
