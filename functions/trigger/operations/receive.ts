/** `POST /v1/events/{source}`, and the same with a token in the path: receives a webhook, verifies it, and maps it by the source's rules. */
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { parseEventBytes } from '../../../lib/sources/envelopes/parse-event.ts';
import { unwrapWebhook } from '../../../lib/sources/envelopes/unwrap.ts';
import type { Delivery } from '../../../lib/sources/proofs/proof.ts';
import { prove } from '../../../lib/sources/prove.ts';
import { receiveEvent } from '../../../lib/sources/receive-event.ts';
import { accepted, checkContentType, json, readBody } from '../json-body.ts';
import type { Answer, RoutedRequest, TriggerPorts } from '../operation.ts';

/** Any JSON media type, such as application/cloudevents+json. A batch of events would need an answer for each event. */
const jsonType = /^application\/(?:json|(?!cloudevents-batch)[\w.-]+\+json)\s*(?:;|$)/i;

/** The refusals before the proof are the same for every source, known or unknown. */
export async function receive(request: RoutedRequest, ports: TriggerPorts): Promise<Answer> {
  const { headers } = request.event;
  const { source = '' } = request.parameters;
  const body = readBody(request.event);
  const now = ports.clock.now();
  const messageId = await prove(source, deliveryOf(request, body), { ...ports, now });
  const settings = ports.sources[source];
  if (settings === undefined) throw new IssuanceError('source-unverified');
  checkContentType(headers, jsonType);
  const unwrapped = unwrapWebhook(parseEventBytes(body), headers);
  const received = await receiveEvent({ source, settings, event: unwrapped, headers, body, messageId }, ports);
  return received.ignored ? json(200, { ignored: true }) : accepted(received, request, { rule: received.rule });
}

/** The request as the sender signed it. */
function deliveryOf({ event, parameters }: RoutedRequest, body: Buffer): Delivery {
  const { headers, requestContext, rawPath, rawQueryString, queryStringParameters: query } = event;
  const search = rawQueryString ? `?${rawQueryString}` : '';
  return {
    headers,
    body,
    method: requestContext.http.method,
    url: `https://${requestContext.domainName}${rawPath}${search}`,
    ...(query && { query }),
    pathToken: parameters['token'],
  };
}
