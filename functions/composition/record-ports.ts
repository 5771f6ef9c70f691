/** What every function of the pipeline works with: the clock, its log, the records and the slots. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type IssuanceTable, issuanceTable } from '../../lib/aws/issuance-table.ts';
import { log } from '../../lib/aws/log.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import type { FunctionName } from '../../lib/config/function-environment.ts';
import type { Log } from '../../lib/issuance/log-events.ts';
import type { Clock } from '../../lib/issuance/ports.ts';
import type { SlotStore } from '../../lib/issuance/slot.ts';

export interface RecordPorts {
  clock: Clock;
  log: Log;
  store: IssuanceTable;
  slots: SlotStore;
}

export function recordPorts(name: FunctionName, table: DynamoDBDocumentClient, tableName: string): RecordPorts {
  return {
    clock: { now: () => new Date() },
    log: log(name),
    store: issuanceTable(table, tableName),
    slots: slotTable(table, tableName),
  };
}
