/** The item about the table as a whole: the pseudonym key under which it is written, and its latest restoration. */
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Restoration, RestorationPort } from '../issuance/restoration.ts';

interface MarkItem extends Partial<Restoration> {
  keyCheck?: string;
}

export interface TableMark extends RestorationPort {
  /** The check value of the key under which the table is written. If there is none yet, it is this one from now on. */
  keyCheck(own: string): Promise<string>;
}

/** All containers know of a restoration after this time. */
export const markKnownMs = 10_000;

export const markKey = { pk: 'TABLE' } as const;

export function tableMark(client: DynamoDBDocumentClient, tableName: string, now: () => Date): TableMark {
  let latest: { at: number; mark: Promise<MarkItem> } | undefined;

  async function load(): Promise<MarkItem> {
    const command = new GetCommand({ TableName: tableName, Key: markKey, ConsistentRead: true });
    return ((await client.send(command)).Item ?? {}) as MarkItem;
  }

  function read(): Promise<MarkItem> {
    const at = now().getTime();
    if (latest === undefined || at - latest.at >= markKnownMs) latest = { at, mark: load() };
    const { mark } = latest;
    mark.catch(() => {
      if (latest?.mark === mark) latest = undefined;
    });
    return mark;
  }

  return {
    async keyCheck(own) {
      const { keyCheck } = await read();
      if (keyCheck !== undefined) return keyCheck;
      const claim = new UpdateCommand({
        TableName: tableName,
        Key: markKey,
        UpdateExpression: 'SET keyCheck = if_not_exists(keyCheck, :own)',
        ExpressionAttributeValues: { ':own': own },
        ReturnValues: 'ALL_NEW',
      });
      return String((await client.send(claim)).Attributes?.['keyCheck']);
    },
    async restoration() {
      const { lostSince, restoredAt } = await read();
      return lostSince === undefined ? undefined : { lostSince, ...(restoredAt !== undefined && { restoredAt }) };
    },
  };
}
