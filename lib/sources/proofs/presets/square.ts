/**
 * Square.
 * https://developer.squareup.com/docs/webhooks/step3validate
 */
import type { HmacSettings } from '../settings/proof.ts';

export const square: HmacSettings = {
  scheme: 'hmac',
  header: 'x-square-hmacsha256-signature',
  algorithm: 'sha256',
  encoding: 'base64',
  id: { body: 'event_id' },
  signed: '{url}{body}',
};
