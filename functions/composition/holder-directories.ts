/** The directories in which the worker looks up holders, bound to HTTP, DynamoDB and the secret provider-accounts. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { directoryTable } from '../../lib/aws/directory-table.ts';
import { accountSecrets } from '../../lib/aws/shared-secrets.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { durationsOf } from '../../lib/config/timings.ts';
import { connectingFetch } from '../../lib/http/connecting-fetch.ts';
import { publicFetch } from '../../lib/http/public-addresses.ts';
import type { Clock } from '../../lib/issuance/ports.ts';
import { directoriesOf } from '../../lib/sources/lookups/directories.ts';
import type { Directories } from '../../lib/submit/directories.ts';

interface DirectoryParts {
  table: DynamoDBDocumentClient;
  secrets: SecretsManagerClient;
  accountsSecret: string;
  clock: Clock;
}

export function holderDirectories({ sources, limits }: Environment, parts: DirectoryParts): Directories {
  const { callMs, connectMs } = durationsOf(limits);
  const { now } = parts.clock;
  return directoriesOf(sources, {
    fetch: connectingFetch(connectMs),
    publicFetch: publicFetch(connectMs),
    deadlineMs: callMs,
    readItem: directoryTable(parts.table),
    secretOf: accountSecrets(parts.secrets, parts.accountsSecret, now),
    now,
  });
}
