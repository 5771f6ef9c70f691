/** `GET` and `OPTIONS /v1/events/{source}`: a sender checks that this endpoint expects its events, before it sends any. */
import { IssuanceError } from '../../../lib/issuance/issuance-error.ts';
import { answerChallenge, type ChallengeAnswer } from '../../../lib/sources/challenges/answer-challenge.ts';
import { prove } from '../../../lib/sources/prove.ts';
import { deliveryOf } from '../delivery.ts';
import type { Answer, RoutedRequest, TriggerPorts } from '../operation.ts';
import { MethodNotAllowed } from '../refusal.ts';

/** A source without a challenge answers like an unknown source. A token in the path is checked like that of an event. */
export async function challenge(request: RoutedRequest, ports: TriggerPorts): Promise<Answer> {
  const { source = '' } = request.parameters;
  const settings = Object.hasOwn(ports.sources, source) ? ports.sources[source] : undefined;
  if (settings?.challenge === undefined) throw new MethodNotAllowed(['POST']);
  const delivery = deliveryOf(request, Buffer.alloc(0));
  if (settings.proof?.scheme === 'path-token') await prove(source, delivery, { ...ports, now: ports.clock.now() });
  const answer = await answerChallenge(settings.challenge, delivery);
  if (answer === undefined) throw new IssuanceError('source-unverified');
  return challengeAnswer(answer);
}

/** Never cached, and never taken for a page. */
export function challengeAnswer({ contentType, body, headers }: ChallengeAnswer): Answer {
  const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return {
    statusCode: 200,
    headers: { ...common, ...headers, ...(contentType && { 'content-type': contentType }) },
    ...(body !== undefined && { body }),
  };
}
