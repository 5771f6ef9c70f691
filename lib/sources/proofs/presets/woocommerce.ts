/**
 * WooCommerce.
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks
 */
import type { HmacSettings } from '../settings/proof.ts';

export const woocommerce: HmacSettings = {
  scheme: 'hmac',
  header: 'x-wc-webhook-signature',
  algorithm: 'sha256',
  encoding: 'base64',
};
