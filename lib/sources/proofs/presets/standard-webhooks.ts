/**
 * Standard Webhooks 1.0, symmetric signatures (`v1`), which Svix also sends under its own header names.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import type { HmacSettings } from '../settings/proof.ts';

const under = (sender: 'webhook' | 'svix'): HmacSettings => ({
  scheme: 'hmac',
  header: `${sender}-signature`,
  // Unknown versions are ignored, as the specification requires.
  parts: { separator: ' ', assign: ',', signature: 'v1' },
  algorithm: 'sha256',
  encoding: 'base64',
  key: 'base64',
  keyPrefix: 'whsec_',
  // The specification requires 24 to 64 bytes.
  keyBytes: 24,
  timestamp: { header: `${sender}-timestamp` },
  id: { header: `${sender}-id` },
  signed: '{id}.{timestamp}.{body}',
});

export const standardWebhooks: readonly HmacSettings[] = [under('webhook'), under('svix')];
