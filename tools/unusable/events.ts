/** The unusable events of an environment, for an operator's command. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { acceptPorts } from '../../functions/composition/accept-ports.ts';
import { documentClient } from '../../lib/aws/document-client.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { unusableTable } from '../../lib/aws/unusable-table.ts';
import { pagesOf } from '../../lib/issuance/pages.ts';
import type { UnusableEvent, UnusableEvents } from '../../lib/issuance/unusable-events.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import type { ReplayPorts } from '../../lib/sources/unusable/replay-unusable.ts';
import { sayNotUnderstood } from '../command-line/not-understood.ts';
import type { Target } from '../command-line/target.ts';

const pageSize = 50;

export function unusableIn(target: Target): UnusableEvents {
  return unusableTable(documentClient(target.client('tables')), target.output('TableName'));
}

/** All events, of one source or of all; those that are deleted first come first. */
export async function listUnusable(unusable: UnusableEvents, source?: string): Promise<UnusableEvent[]> {
  const found: UnusableEvent[] = [];
  const page = (after: string | undefined) =>
    unusable.list({ limit: pageSize, ...(source !== undefined && { source }), ...(after !== undefined && { after }) });
  for await (const { events } of pagesOf(page)) found.push(...events);
  return found;
}

/** What a replay needs: the same as the trigger, with the operator's own permissions. */
export function replayPortsOf(target: Target): ReplayPorts {
  const clock = { now: () => new Date() };
  // The command prints what it did; ids of thousands of issuances do not belong on the terminal.
  const log = { write: () => undefined };
  const table = documentClient(target.client('tables'));
  const tableName = target.output('TableName');
  const slots = slotTable(table, tableName);
  const records = { clock, log, slots, store: issuanceTable(table, tableName, sayNotUnderstood) };
  const variables = { TABLE_NAME: tableName, PSEUDONYM_KEY_SECRET: target.output('PseudonymKeySecretArn') };
  return {
    ...records,
    ...acceptPorts(table, new SecretsManagerClient(target.client('services')), variables, records),
    unusable: unusableIn(target),
    queue: issuanceQueue(new SQSClient(target.client('messages')), target.output('QueueUrl')),
    programs: catalogOf(target.environment),
  };
}
