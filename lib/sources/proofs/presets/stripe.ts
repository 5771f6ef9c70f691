/**
 * Stripe. The key is the endpoint’s secret including its prefix; the event’s id is in the body.
 * https://docs.stripe.com/webhooks/signature
 */
import type { HmacSettings } from '../settings/proof.ts';

export const stripe: HmacSettings = {
  scheme: 'hmac',
  header: 'stripe-signature',
  parts: { separator: ',', signature: 'v1' },
  algorithm: 'sha256',
  encoding: 'hex',
  keyPrefix: 'whsec_',
  timestamp: { part: 't' },
  id: { body: 'id' },
  signed: '{timestamp}.{body}',
};
