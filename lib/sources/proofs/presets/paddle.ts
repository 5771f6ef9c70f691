/**
 * Paddle Billing.
 * https://developer.paddle.com/webhooks/signature-verification
 */
import type { HmacSettings } from '../settings/proof.ts';

export const paddle: HmacSettings = {
  scheme: 'hmac',
  header: 'paddle-signature',
  parts: { separator: ';', signature: 'h1' },
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { part: 'ts' },
  id: { body: 'event_id' },
  signed: '{timestamp}:{body}',
};
