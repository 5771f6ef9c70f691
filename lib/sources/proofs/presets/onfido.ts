/**
 * Onfido.
 * https://documentation.identity.entrust.com/api/manual-webhook-signature-verification/
 */
import type { HmacSettings } from '../settings/proof.ts';

export const onfido: HmacSettings = {
  scheme: 'hmac',
  header: 'x-sha2-signature',
  algorithm: 'sha256',
  encoding: 'hex',
};
