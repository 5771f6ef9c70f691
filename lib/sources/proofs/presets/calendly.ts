/**
 * Calendly.
 * https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures
 */
import type { HmacSettings } from '../settings/proof.ts';

export const calendly: HmacSettings = {
  scheme: 'hmac',
  header: 'calendly-webhook-signature',
  parts: { separator: ',', signature: 'v1' },
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { part: 't' },
  signed: '{timestamp}.{body}',
};
