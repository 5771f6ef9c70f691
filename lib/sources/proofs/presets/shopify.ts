/**
 * Shopify.
 * https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
import type { HmacSettings } from '../settings/proof.ts';

export const shopify: HmacSettings = {
  scheme: 'hmac',
  header: 'x-shopify-hmac-sha256',
  algorithm: 'sha256',
  encoding: 'base64',
};
