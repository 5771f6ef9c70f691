/** `GET /v1/issuances`: one page of the source's issuances with a status. */
import { viewOf } from '../../../lib/issuance/view.ts';
import { json } from '../json-body.ts';
import { readListQuery, writeCursor } from '../list-query.ts';
import type { Answer, AuthorizedRequest, TriggerPorts } from '../operation.ts';

export async function list({ event, source }: AuthorizedRequest, { store }: TriggerPorts): Promise<Answer> {
  const query = readListQuery(event.queryStringParameters ?? {}, source);
  const { issuances, next } = await store.list(query);
  const own = issuances.filter((issuance) => issuance.source === source);
  return json(200, { issuances: own.map(viewOf), ...(next !== undefined && { next: writeCursor(next) }) });
}
