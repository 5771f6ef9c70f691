/** `POST /v1/events/{source}`: any system's webhook, proven and mapped by the source's rules. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { AcceptPorts } from '../../lib/accept/accept.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { viewOf } from '../../lib/issuance/view.ts';
import { parseEventBytes } from '../../lib/sources/envelopes/parse-event.ts';
import { unwrapWebhook } from '../../lib/sources/envelopes/unwrap.ts';
import { prove } from '../../lib/sources/prove.ts';
import { receiveEvent } from '../../lib/sources/receive-event.ts';
import type { Sources } from '../../lib/sources/settings.ts';
import type { SourceSecrets } from '../../lib/sources/source-secrets.ts';
import { json } from './answer.ts';
import { checkContentType, readBody } from './body.ts';

export interface ReceivePorts extends AcceptPorts {
  sources: Sources;
  sourceSecrets: SourceSecrets;
}

/** JSON by any name, such as application/cloudevents+json; a batch of events would need an answer for each. */
const jsonType = /^application\/(?:json|(?!cloudevents-batch)[\w.-]+\+json)\s*(?:;|$)/i;

/** What a webhook may be refused with before it is proven is the same for every source, known or not. */
export async function receive(
  event: APIGatewayProxyEventV2,
  ports: ReceivePorts,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { headers } = event;
  const source = event.rawPath.slice(event.rawPath.lastIndexOf('/') + 1);
  const body = readBody(event);
  const now = ports.clock.now();
  const messageId = await prove(source, { headers, body }, { ...ports, now });
  const settings = ports.sources[source];
  if (settings === undefined) throw new IssuanceError('source-unverified');
  checkContentType(headers, jsonType);
  const unwrapped = unwrapWebhook(parseEventBytes(body), headers);
  const received = await receiveEvent({ source, settings, event: unwrapped, headers, body, messageId }, ports);
  if (received.ignored) return json(200, { ignored: true });
  const { issuance, rule, replay } = received;
  const extra = { location: `/v1/issuances/${issuance.id}`, ...(replay && { 'idempotent-replayed': 'true' }) };
  return json(202, { ...viewOf(issuance), rule }, extra);
}
