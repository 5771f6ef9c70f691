/** `GET /v1/issuances/{id}`: shows an issuance. */
import { viewOf } from '../../../lib/issuance/view.ts';
import { json } from '../json-body.ts';
import type { Answer, AuthorizedRequest, TriggerPorts } from '../operation.ts';
import { ownIssuance } from '../own-issuance.ts';

export async function show(request: AuthorizedRequest, { store }: TriggerPorts): Promise<Answer> {
  return json(200, viewOf(await ownIssuance(request, store)));
}
