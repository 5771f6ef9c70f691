/** An event of a source becomes an issuance, or is not meant for any rule. */
import { createHash } from 'node:crypto';
import { type Accepted, type AcceptPorts, accept } from '../issuance/accept.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { SourceEvent } from './envelopes/source-event.ts';
import { applyRules, nameRule } from './rules/apply-rules.ts';
import type { SourceSettings } from './settings.ts';

/** An event whose sender is known. */
export interface ReceivedEvent {
  source: string;
  settings: SourceSettings;
  event: SourceEvent;
  /** What came with it, names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The body as it came, which names the event when nothing else does. */
  body: Buffer;
  /** Id of the message, where its proof covers one. */
  messageId: string | undefined;
}

/** What became of it. */
export type Received = { ignored: true } | ({ ignored: false; rule: string } & Accepted);

/**
 * Applies the rules and accepts the request. Throws `rule-failed`, or IssuanceError of kind `invalid` with the rule's
 * name in its detail.
 */
export async function receiveEvent(received: ReceivedEvent, ports: AcceptPorts): Promise<Received> {
  const { source, settings, event, headers } = received;
  const messageId = nameOf(received);
  try {
    const mapped = await applyRules(settings.rules, { source, event, headers, messageId }, ports.clock.now());
    if (mapped === undefined) {
      ports.log.write({ event: 'event-ignored', source });
      return { ignored: true };
    }
    const accepted = await acceptFor(mapped.rule, () => accept(mapped.request, ports));
    ports.log.write({ event: 'event-mapped', id: accepted.issuance.id, source, rule: mapped.rule });
    return { ignored: false, rule: mapped.rule, ...accepted };
  } catch (error) {
    if (error instanceof IssuanceError && error.kind === 'invalid' && error.detail !== undefined) {
      ports.log.write({ event: 'rule-failed', source, code: error.code, reason: error.detail });
    }
    throw error;
  }
}

async function acceptFor(rule: string, run: () => Promise<Accepted>): Promise<Accepted> {
  try {
    return await run();
  } catch (error) {
    throw nameRule(error, rule);
  }
}

/**
 * What is the same each time the event is sent, and can't be changed by whoever saw it once: an id that the proof covers,
 * or else the bytes themselves. Headers beside the signature would let a copy pass for a new event.
 */
function nameOf({ messageId, event, body }: ReceivedEvent): string {
  const id = messageId ?? event.id;
  if (id === undefined) return `sha256:${digest(body)}`;
  return /^[\x21-\x7e]{1,200}$/.test(id) ? id : `sha256:${digest(Buffer.from(id))}`;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
