/** Restores the records of an environment from a table that AWS has restored from a backup. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lib/aws/document-client.ts';
import { checkValueOf } from '../../lib/aws/pseudonyms.ts';
import {
  beginRestoration,
  endRestoration,
  keyCheckOf,
  type RestoreReport,
  type RestoreWish,
  restoreItems,
} from '../../lib/aws/restore-table.ts';
import { pseudonymKey } from '../../lib/aws/shared-secrets.ts';
import { markKnownMs } from '../../lib/aws/table-mark.ts';
import type { Progress } from '../command-line/progress.ts';
import type { Target } from '../command-line/target.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** Longer than a container takes to notice that nothing may be accepted, and to finish what it has begun. */
const pauseMs = 2 * markKnownMs;

/** Throws UsageError if the environment's pseudonym key is not the key of the backup. */
export async function restore(
  wish: Omit<RestoreWish, 'to'>,
  target: Target,
  progress: Progress,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<RestoreReport> {
  const client = documentClient(target.client('tables'));
  const to = target.output('TableName');
  if (wish.from === to) throw new UsageError('--from must be another table than the environment’s own');
  await checkKey(wish.from, client, target);
  if (!wish.dryRun) {
    await beginRestoration(client, to, wish.lostSince);
    await pause(pauseMs);
  }
  const report = await restoreItems({ ...wish, to }, client, ({ read }) => progress.show(read, undefined));
  progress.end();
  if (!wish.dryRun) await endRestoration(client, to, new Date().toISOString());
  return report;
}

/** Under another key, every event of the backup would be a new one. */
async function checkKey(from: string, client: DynamoDBDocumentClient, target: Target): Promise<void> {
  const check = await keyCheckOf(client, from);
  if (check === undefined) return;
  const secrets = new SecretsManagerClient(target.client('services'));
  const key = pseudonymKey(secrets, target.output('PseudonymKeySecretArn'), () => new Date());
  if ((await checkValueOf(key)) !== check) {
    throw new UsageError(
      'The pseudonym key of the environment is not the key of this backup: restore the secret first (docs/runbook.md#to-restore)',
    );
  }
}
