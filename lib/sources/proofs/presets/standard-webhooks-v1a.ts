/**
 * Standard Webhooks 1.0, asymmetric signatures (`v1a`) with Ed25519; the keys start with `whpk_`.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import type { KeyPresetSettings } from './preset.ts';

export const standardWebhooksV1a: KeyPresetSettings = {
  scheme: 'public-key',
  algorithm: 'ed25519',
  keyPrefix: 'whpk_',
  header: 'webhook-signature',
  parts: { separator: ' ', assign: ',', signature: 'v1a' },
  encoding: 'base64',
  timestamp: { header: 'webhook-timestamp' },
  id: { header: 'webhook-id' },
  signed: '{id}.{timestamp}.{body}',
};
