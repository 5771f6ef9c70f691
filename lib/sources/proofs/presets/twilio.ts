/**
 * Twilio, whose events are forms: the address, then every field with its value, by name. Twilio has no other algorithm.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
import type { HmacSettings } from '../settings/proof.ts';

export const twilio: HmacSettings = {
  scheme: 'hmac',
  header: 'x-twilio-signature',
  algorithm: 'sha1',
  encoding: 'base64',
  content: '$join($map($sort($keys($)), function($name) { $name & $lookup($$, $name) }))',
  signed: '{url}{content}',
};
