/**
 * Mailgun. The signature covers a time and a random token, and nothing of the event.
 * https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
import type { HmacSettings } from '../settings/proof.ts';

export const mailgun: HmacSettings = {
  scheme: 'hmac',
  signature: 'signature.signature',
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { body: 'signature.timestamp' },
  content: 'signature.token',
  signed: '{timestamp}{content}',
};
