/**
 * Zoom.
 * https://developers.zoom.us/docs/api/webhooks/
 */
import type { HmacSettings } from '../settings/proof.ts';

export const zoom: HmacSettings = {
  scheme: 'hmac',
  header: 'x-zm-signature',
  prefix: 'v0=',
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { header: 'x-zm-request-timestamp' },
  signed: 'v0:{timestamp}:{body}',
};
