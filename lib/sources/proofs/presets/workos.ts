/**
 * WorkOS. The time is in milliseconds.
 * https://workos.com/docs/events/data-syncing/webhooks
 */
import type { HmacSettings } from '../settings/proof.ts';

export const workos: HmacSettings = {
  scheme: 'hmac',
  header: 'workos-signature',
  parts: { separator: ',', signature: 'v1' },
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { part: 't', unit: 'ms' },
  id: { body: 'id' },
  signed: '{timestamp}.{body}',
};
