/** Replays an event that could not be used, with the rules as they are now. */
import type { AcceptPorts } from '../../accept/accept.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { UnusableEvents } from '../../issuance/unusable-events.ts';
import { readWebhook } from '../deliveries/read-webhook.ts';
import { receiveDelivery } from '../deliveries/receive-delivery.ts';
import type { SourceSettings } from '../settings.ts';

/** `gone`: it was replayed or deleted in the meantime, or was too large to be kept. */
export type Replayed =
  | { outcome: 'replayed'; issuances: string[] }
  | { outcome: 'refused'; code: string; detail?: string }
  | { outcome: 'gone' };

export interface ReplayPorts extends AcceptPorts {
  unusable: UnusableEvents;
}

/**
 * It is removed after its issuances are stored and queued; if the replay is interrupted before that, a repeat finds the
 * same issuances.
 */
export async function replayUnusable(id: string, settings: SourceSettings, ports: ReplayPorts): Promise<Replayed> {
  const found = await ports.unusable.get(id);
  if (found?.payload === undefined) return { outcome: 'gone' };
  const { headers, body, messageId } = found.payload;
  const { source } = found.event;
  try {
    const content = readWebhook({ headers, body }, settings);
    const received = await receiveDelivery({ source, settings, headers, content, body, messageId }, ports);
    if (received.split && received.refused !== undefined) throw received.refused;
    const all = received.split ? received.all : [received.one];
    await ports.unusable.drop(id);
    const issuances = all.flatMap((one) => ('issuance' in one ? [one.issuance.id] : []));
    return { outcome: 'replayed', issuances };
  } catch (error) {
    if (!(error instanceof IssuanceError) || error.kind !== 'invalid' || error.code === 'service-unavailable')
      throw error;
    return { outcome: 'refused', code: error.code, ...(error.detail !== undefined && { detail: error.detail }) };
  }
}
