/** The event bus, and the table for events that the bus rejects. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { announcer } from '../../lib/aws/announcer.ts';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { untoldTable } from '../../lib/aws/untold-table.ts';
import type { TellPorts } from '../../lib/issuance/untold.ts';

interface EventVariables {
  TABLE_NAME: string;
  EVENT_BUS_NAME: string;
}

export function eventPorts(table: DynamoDBDocumentClient, variables: EventVariables): TellPorts {
  return {
    bus: announcer(new EventBridgeClient(clientSettings), variables.EVENT_BUS_NAME),
    untold: untoldTable(table, variables.TABLE_NAME),
  };
}
