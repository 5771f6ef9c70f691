/**
 * Meta: WhatsApp, Instagram, Messenger, Pages. The key is the app’s secret.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
import type { HmacSettings } from '../settings/proof.ts';

export const meta: HmacSettings = {
  scheme: 'hmac',
  header: 'x-hub-signature-256',
  prefix: 'sha256=',
  algorithm: 'sha256',
  encoding: 'hex',
};
