/**
 * HubSpot, version 3 of its signature.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
import type { HmacSettings } from '../settings/proof.ts';

export const hubspot: HmacSettings = {
  scheme: 'hmac',
  header: 'x-hubspot-signature-v3',
  algorithm: 'sha256',
  encoding: 'base64',
  timestamp: { header: 'x-hubspot-request-timestamp', unit: 'ms' },
  signed: '{method}{url}{body}{timestamp}',
};
