/** `POST /v1/issuances/{id}/retry`: queues a failed, uncertain or superseded issuance again. */
import { viewOf } from '../../../lib/issuance/view.ts';
import { retry as retryIssuance } from '../../../lib/operate/retry.ts';
import { json } from '../json-body.ts';
import type { Answer, AuthorizedRequest, TriggerPorts } from '../operation.ts';
import { ownIssuance } from '../own-issuance.ts';

export async function retry(request: AuthorizedRequest, ports: TriggerPorts): Promise<Answer> {
  return json(202, viewOf(await retryIssuance(await ownIssuance(request, ports.store), ports)));
}
