/** `POST /v1/events/{source}`, and the same with a token in the path: receives a webhook, verifies it, and maps its events by the source's rules. */
import { maxDeliveryBytes } from '../../../lib/accept/json-limits.ts';
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { answerChallenge } from '../../../lib/sources/challenges/answer-challenge.ts';
import { readWebhook } from '../../../lib/sources/deliveries/read-webhook.ts';
import { type Part, receiveDelivery } from '../../../lib/sources/deliveries/receive-delivery.ts';
import { prove, provingKey } from '../../../lib/sources/prove.ts';
import type { Received } from '../../../lib/sources/receive-event.ts';
import { isAcknowledged, keepUnusable, type UnreadDelivery } from '../../../lib/sources/unusable/keep-unusable.ts';
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
  return receiveProven(request, { source, settings, headers, body, messageId }, ports);
}

/** What its sender can never correct is kept and acknowledged, unless the source is set to refuse it. */
async function receiveProven(request: RoutedRequest, proven: UnreadDelivery, ports: TriggerPorts): Promise<Answer> {
  const { settings } = proven;
  try {
    const received = await receiveDelivery({ ...proven, content: readWebhook(proven, settings) }, ports);
    if (!received.split) return answerOne(received.one, request);
    const { refused } = received;
    if (refused !== undefined && !isAcknowledged(refused, settings)) throw refused;
    if (refused !== undefined) await keepUnusable(proven, refused, ports);
    return answerAll(received.all);
  } catch (error) {
    if (!isAcknowledged(error, settings)) throw error;
    await keepUnusable(proven, error, ports);
    return json(200, { ignored: true, code: error.code });
  }
}

function answerOne(one: Received, request: RoutedRequest): Answer {
  return one.ignored ? json(200, { ignored: true }) : accepted(one, request, { rule: one.rule });
}

/** One answer for all events of a delivery, in their order. */
function answerAll(all: readonly Part[]): Answer {
  const results = all.map((one) => {
    if ('refused' in one) return { ignored: true, code: one.refused.code };
    if (one.ignored) return { ignored: true };
    const { issuance, rule, replay } = one;
    return { id: issuance.id, status: issuance.status, rule, ...(replay && { replayed: true }) };
  });
  const ignored = all.every((one) => one.ignored);
  return json(200, { ...(ignored && { ignored }), results });
}
