/** Reads the body of a webhook whose proof has succeeded: JSON, or a form. */
import { mediaTypeOf } from '../../accept/media-type.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { parseEvent, textOfBytes } from '../envelopes/parse-event.ts';
import type { Unwrapped } from '../envelopes/source-event.ts';
import { unwrapWebhook } from '../envelopes/unwrap.ts';
import type { SourceSettings } from '../settings.ts';
import { formType, readForm } from './form.ts';
import { contentOf } from './split.ts';

/** Any JSON media type, such as application/cloudevents+json. */
const jsonType = /^application\/(?:json|[\w.-]+\+json)$/;
/** A list of events: a source needs `split` to take it. */
const batchType = 'application/cloudevents-batch+json';

/**
 * The content of a webhook. Throws `content-type-unsupported`, `request-not-json`, `request-too-deep` or
 * `request-invalid`.
 */
export function readWebhook(
  { headers, body }: { headers: Readonly<Record<string, string | undefined>>; body: Buffer },
  settings: SourceSettings,
): Unwrapped<unknown> {
  const type = mediaTypeOf(headers['content-type']);
  const isBatch = type === batchType;
  if (type !== formType && (!jsonType.test(type) || (isBatch && settings.split === undefined))) {
    throw new IssuanceError('content-type-unsupported');
  }
  const text = textOfBytes(body);
  return unwrapWebhook(type === formType ? readForm(text) : parseEvent(text), headers, contentOf(settings));
}
