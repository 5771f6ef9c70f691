/** `POST /v1/events/{source}`: any system's webhook, proven and mapped by the source's rules. */
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { parseEventBytes } from '../../../lib/sources/envelopes/parse-event.ts';
import { unwrapWebhook } from '../../../lib/sources/envelopes/unwrap.ts';
import { prove } from '../../../lib/sources/prove.ts';
import { receiveEvent } from '../../../lib/sources/receive-event.ts';
import { accepted, checkContentType, json, readBody } from '../json-body.ts';
import type { Answer, RoutedRequest, TriggerPorts } from '../operation.ts';

/** JSON by any name, such as application/cloudevents+json; a batch of events would need an answer for each. */
const jsonType = /^application\/(?:json|(?!cloudevents-batch)[\w.-]+\+json)\s*(?:;|$)/i;

/** What a webhook may be refused with before it is proven is the same for every source, known or not. */
export async function receive(request: RoutedRequest, ports: TriggerPorts): Promise<Answer> {
  const { headers } = request.event;
  const { source = '' } = request.parameters;
  const body = readBody(request.event);
  const now = ports.clock.now();
  const messageId = await prove(source, { headers, body }, { ...ports, now });
  const settings = ports.sources[source];
  if (settings === undefined) throw new IssuanceError('source-unverified');
  checkContentType(headers, jsonType);
  const unwrapped = unwrapWebhook(parseEventBytes(body), headers);
  const received = await receiveEvent({ source, settings, event: unwrapped, headers, body, messageId }, ports);
  return received.ignored ? json(200, { ignored: true }) : accepted(received, request, { rule: received.rule });
}
