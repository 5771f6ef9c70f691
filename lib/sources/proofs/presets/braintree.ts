/**
 * Braintree. The secret is the SHA-1 of the private key in hexadecimal digits; Braintree has no other algorithm.
 * https://developer.paypal.com/braintree/docs/guides/webhooks/parse
 */
import type { HmacSettings } from '../settings/proof.ts';

export const braintree: HmacSettings = {
  scheme: 'hmac',
  signature: '$split(bt_signature, "&").$substringAfter("|")',
  algorithm: 'sha1',
  encoding: 'hex',
  key: 'hex',
  content: 'bt_payload',
  signed: '{content}',
};
