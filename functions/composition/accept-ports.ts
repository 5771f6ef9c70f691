/** The ports by which a request becomes a record: names under the table's own key, and a store that minds a restoration. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mindfulOfRestoration } from '../../lib/accept/restored-table.ts';
import type { IssuanceTable } from '../../lib/aws/issuance-table.ts';
import { pseudonyms } from '../../lib/aws/pseudonyms.ts';
import { pseudonymKey } from '../../lib/aws/shared-secrets.ts';
import { tableMark } from '../../lib/aws/table-mark.ts';
import type { Pseudonyms } from '../../lib/issuance/identity.ts';
import type { RecordPorts } from './record-ports.ts';

interface AcceptVariables {
  TABLE_NAME: string;
  PSEUDONYM_KEY_SECRET: string;
}

export interface AcceptingPorts {
  store: IssuanceTable;
  pseudonyms: Pseudonyms;
}

export function acceptPorts(
  table: DynamoDBDocumentClient,
  secrets: SecretsManagerClient,
  variables: AcceptVariables,
  { store, clock: { now } }: RecordPorts,
): AcceptingPorts {
  const mark = tableMark(table, variables.TABLE_NAME, now);
  return {
    store: { ...store, ...mindfulOfRestoration(store, mark) },
    pseudonyms: pseudonyms(pseudonymKey(secrets, variables.PSEUDONYM_KEY_SECRET, now), mark),
  };
}
