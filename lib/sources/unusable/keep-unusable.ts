/** Keeps a delivery that its sender can never correct, so that the sender may be told to stop repeating it. */
import { createHash } from 'node:crypto';
import { after } from '../../issuance/due.ts';
import type { Pseudonyms } from '../../issuance/identity.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Log } from '../../issuance/log-events.ts';
import type { Clock } from '../../issuance/ports.ts';
import type { UnusableEvents } from '../../issuance/unusable-events.ts';
import { generalSettings } from '../proofs/presets.ts';
import type { ProofSettings } from '../proofs/settings/proof.ts';
import { hiddenHeaders } from '../rules/surroundings.ts';
import type { SourceSettings } from '../settings.ts';

export interface KeepPorts {
  unusable: UnusableEvents;
  pseudonyms: Pseudonyms;
  clock: Clock;
  log: Log;
  /** How long it is kept. */
  retentionMs: number;
}

/** A delivery whose sender has been verified; its body may be anything. */
export interface UnreadDelivery {
  source: string;
  settings: SourceSettings;
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  messageId: string | undefined;
}

/** What a repeat may resolve: our own part is busy or away, or the sender's clock is ahead. */
const repeatHelps = new Set(['service-unavailable', 'internal-error', 'occurred-at-in-future']);

/** Whether the sender of this delivery is to be told that it was received, although it cannot be used. */
export function isAcknowledged(error: unknown, { unusable = 'acknowledge' }: SourceSettings): error is IssuanceError {
  if (!(error instanceof IssuanceError) || error.kind !== 'invalid' || repeatHelps.has(error.code)) return false;
  return unusable === 'acknowledge';
}

/** Stores it before anything is answered. Throws `service-unavailable`. */
export async function keepUnusable(delivery: UnreadDelivery, error: IssuanceError, ports: KeepPorts): Promise<void> {
  const { source, body, messageId } = delivery;
  try {
    const digest = createHash('sha256').update(body).digest('hex');
    const name = await ports.pseudonyms.of('payload', ['unusable', source, messageId ?? '', digest].join('\n'));
    const id = `unu_${name.slice(0, 27)}`;
    const now = ports.clock.now();
    const times = { at: now.toISOString(), dropAt: after(now, ports.retentionMs) };
    const { code, detail } = error;
    const reason = { code, ...(detail !== undefined && { detail }) };
    const payload = { headers: keptHeaders(delivery), body, ...(messageId !== undefined && { messageId }) };
    await ports.unusable.keep({ id, source, ...reason, ...times }, payload);
    ports.log.write({ event: 'event-unusable', source, code, id });
  } catch (cause) {
    throw new IssuanceError('service-unavailable', { cause });
  }
}

/** Without headers that carry a proof: a token would otherwise be kept with the event. */
function keptHeaders({ headers, settings }: UnreadDelivery): Record<string, string> {
  const proofs = new Set([...hiddenHeaders, ...(settings.proof === undefined ? [] : textsIn(settings.proof))]);
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || proofs.has(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}

/** Every string in the settings of a proof; some of them are the names of its headers. */
function textsIn(proof: ProofSettings): string[] {
  const texts: string[] = [];
  JSON.stringify(generalSettings(proof), (_name, value: unknown) => {
    if (typeof value === 'string') texts.push(value.toLowerCase());
    return value;
  });
  return texts;
}
