/** `POST /v1/events/{source}`, and the same with a token in the path: receives a webhook, verifies it, and maps its events by the source's rules. */
import { maxDeliveryBytes } from '../../../lib/accept/json-limits.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { answerChallenge } from '../../../lib/sources/challenges/answer-challenge.ts';
import { readWebhook } from '../../../lib/sources/deliveries/read-webhook.ts';
import { receiveDelivery } from '../../../lib/sources/deliveries/receive-delivery.ts';
import { prove, provingKey } from '../../../lib/sources/prove.ts';
import type { Received } from '../../../lib/sources/receive-event.ts';
import { deliveryOf } from '../delivery.ts';
import { accepted, json, readBody } from '../json-body.ts';
import type { Answer, RoutedRequest, TriggerPorts } from '../operation.ts';
import { challengeAnswer } from './challenge.ts';

/** The refusals before the proof are the same for every source, known or unknown. */
export async function receive(request: RoutedRequest, ports: TriggerPorts): Promise<Answer> {
  const { headers } = request.event;
  const { source = '' } = request.parameters;
  const body = readBody(request.event, maxDeliveryBytes);
  const now = ports.clock.now();
  const delivery = deliveryOf(request, body);
  const messageId = await prove(source, delivery, { ...ports, now });
  const settings = ports.sources[source];
  if (settings === undefined) throw new IssuanceError('source-unverified');
  const challenge =
    settings.challenge &&
    (await answerChallenge(settings.challenge, delivery, () => provingKey(source, delivery, { ...ports, now })));
  if (challenge !== undefined) return challengeAnswer(challenge);
  const content = readWebhook({ headers, body }, settings);
  const received = await receiveDelivery({ source, settings, headers, content, body, messageId }, ports);
  if (received.split) return answerAll(received.all);
  const { one } = received;
  return one.ignored ? json(200, { ignored: true }) : accepted(one, request, { rule: one.rule });
}

/** One answer for all events of a delivery, in their order. */
function answerAll(all: readonly Received[]): Answer {
  const results = all.map((one) => {
    if (one.ignored) return { ignored: true };
    const { issuance, rule, replay } = one;
    return { id: issuance.id, status: issuance.status, rule, ...(replay && { replayed: true }) };
  });
  const ignored = all.every((one) => one.ignored);
  return json(200, { ...(ignored && { ignored }), results });
}
