/** Sends one event of a source: changed as wished, made new, signed. */
import { randomBytes } from 'node:crypto';
import type { Environment } from '../../lib/config/environment.ts';
import { schemeOf } from '../../lib/sources/proofs/schemes.ts';
import type { EventFile } from '../events/event-file.ts';
import { tryEvent } from '../try/event-trial.ts';
import type { Endpoint } from './endpoint.ts';
import { freshen } from './freshen.ts';
import { applyOverrides, type Override } from './overrides.ts';
import { type Answer, sendEvent } from './send-event.ts';

export interface TriggerWish {
  source: string;
  file: EventFile;
  overrides: readonly Override[];
  /** Sends the event with its own time and ids. */
  same: boolean;
}

export interface Sent {
  answer: Answer;
  /** The members that were changed to make the event new. */
  changed: string[];
}

/** Throws UsageError if the overrides do not fit the event. */
export async function triggerEvent(environment: Environment, endpoint: Endpoint, wish: TriggerWish): Promise<Sent> {
  const { source, file, overrides, same } = wish;
  const { settings, proof } = endpoint;
  const headers = Object.fromEntries(Object.entries(file.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const ownId = await schemeOf(proof).coveredId({ headers, body: file.body });
  const id = same && ownId !== undefined ? ownId : `msg_${randomBytes(12).toString('hex')}`;
  const text =
    overrides.length === 0 ? file.body.toString('utf8') : applyOverrides(file.body.toString('utf8'), overrides);
  if (same) {
    const body = overrides.length === 0 ? file.body : Buffer.from(text);
    return { answer: await sendEvent(endpoint, { body, headers, id }), changed: [] };
  }
  const attempt = (body: string) =>
    tryEvent(environment, { source, settings, headers, body: Buffer.from(body), queue: false });
  const fresh = await freshen({ text, kept: overrides.map(({ path }) => path), now: new Date(), attempt });
  const body = fresh.text === file.body.toString('utf8') ? file.body : Buffer.from(fresh.text);
  return { answer: await sendEvent(endpoint, { body, headers, id }), changed: fresh.changed };
}
