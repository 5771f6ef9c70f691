/** The source to which an event on the queue belongs. The queue's policy has authenticated its sender. */
import { IssuanceError } from '../issuance/issuance-error.ts';
import { addressedEvent } from './envelopes/addressed-event.ts';
import { isEventBridgeEvent, isSnsMessage, snsAttribute } from './envelopes/aws-envelopes.ts';
import type { JsonObject } from './envelopes/source-event.ts';
import type { SourceSettings, Sources } from './settings.ts';

/**
 * By the message attribute `source`, by the topic or the EventBridge source, or by the member `source` beside `event`. Undefined if the message is not an event.
 * Throws `source-unknown` if there is no such source, or if it accepts no messages.
 */
export function queueSourceOf(
  attribute: string | undefined,
  body: unknown,
  sources: Sources,
): { source: string; settings: SourceSettings } | undefined {
  const object = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject) : {};
  const name = attribute ?? envelopeSource(object, sources);
  if (name === undefined) return undefined;
  const settings = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (settings?.queue === undefined) throw new IssuanceError('source-unknown');
  return { source: name, settings };
}

function envelopeSource(body: JsonObject, sources: Sources): string | undefined {
  if (isSnsMessage(body)) {
    const topic = String(body['TopicArn']);
    // The topic takes precedence over the attribute: permission to publish to it does not extend to other sources.
    return find(sources, (door) => door.snsTopics.includes(topic)) ?? snsAttribute(body, 'source') ?? '';
  }
  if (!isEventBridgeEvent(body)) return addressedEvent(body)?.source;
  return find(sources, (door) => door.eventBridge.some(({ source }) => source === body['source'])) ?? '';
}

function find(sources: Sources, takes: (door: NonNullable<SourceSettings['queue']>) => boolean): string | undefined {
  return Object.entries(sources).find(([, { queue }]) => queue !== undefined && takes(queue))?.[0];
}
