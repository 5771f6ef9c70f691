/** Turns an event of a source into an issuance, or ignores it if no rule matches. */
import { type Accepted, type AcceptPorts, accept } from '../accept/accept.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { SourceEvent } from './envelopes/source-event.ts';
import { applyRules, nameRule } from './rules/apply-rules.ts';
import type { SourceSettings } from './settings.ts';

/** An event whose sender has been verified. */
export interface ReceivedEvent {
  source: string;
  settings: SourceSettings;
  event: SourceEvent;
  /** Its headers or attributes, names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The idempotency key if the rule does not define one. */
  name: string;
}

/** The result. */
export type Received = { ignored: true } | ({ ignored: false; rule: string } & Accepted);

/**
 * Applies the rules and accepts the request. Throws `rule-failed`, or IssuanceError of kind `invalid` with the rule's
 * name in its detail.
 */
export async function receiveEvent(received: ReceivedEvent, ports: AcceptPorts): Promise<Received> {
  const { source, settings, event, headers, name: messageId } = received;
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
