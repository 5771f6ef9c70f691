/**
 * Sumsub, with HMAC_SHA256_HEX selected there: a header that names another algorithm (x-payload-digest-alg) is ignored.
 * https://docs.sumsub.com/docs/webhook-manager
 */
import type { HmacSettings } from '../settings/proof.ts';

export const sumsub: HmacSettings = {
  scheme: 'hmac',
  header: 'x-payload-digest',
  algorithm: 'sha256',
  encoding: 'hex',
};
