/** `POST /v1/issuances`: requests a credential. */
import { accept } from '../../../lib/accept/accept.ts';
import { readRequest } from '../../../lib/accept/request.ts';
import { accepted, readJsonBody } from '../json-body.ts';
import type { Answer, AuthorizedRequest, TriggerPorts } from '../operation.ts';

export async function issue(request: AuthorizedRequest, ports: TriggerPorts): Promise<Answer> {
  const { event, source } = request;
  const wanted = readRequest(readJsonBody(event), source, event.headers['idempotency-key'], ports.clock.now());
  return accepted(await accept(wanted, ports), request);
}
