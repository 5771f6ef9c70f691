/** The ports that all functions of the pipeline share: the clock, its log, the records and the slots. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type IssuanceTable, issuanceTable } from '../../lib/aws/issuance-table.ts';
import { log } from '../../lib/aws/log.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import type { RecordNotUnderstood } from '../../lib/aws/stored-issuance.ts';
import type { Log, Part } from '../../lib/issuance/log-events.ts';
import type { Clock } from '../../lib/issuance/ports.ts';
import type { SlotStore } from '../../lib/issuance/slot.ts';

export interface RecordPorts {
  clock: Clock;
  log: Log;
  store: IssuanceTable;
  slots: SlotStore;
}

export function recordPorts(
  name: Exclude<Part, 'announce'>,
  table: DynamoDBDocumentClient,
  tableName: string,
): RecordPorts {
  const functionLog = log(name);
  const notUnderstood = ({ id, missing }: RecordNotUnderstood) =>
    functionLog.write({ event: 'record-not-understood', id, missing, where: name });
  return {
    clock: { now: () => new Date() },
    log: functionLog,
    store: issuanceTable(table, tableName, notUnderstood),
    slots: slotTable(table, tableName),
  };
}
