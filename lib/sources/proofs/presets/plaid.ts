/**
 * Plaid. Its keys are not published: `/webhook_verification_key/get` gives a key for its id, with the client’s own
 * credentials. So the keys have to be set.
 * https://plaid.com/docs/api/webhooks/webhook-verification/
 */
import type { JwtPresetSettings } from './preset.ts';

export const plaid: JwtPresetSettings = {
  scheme: 'jwt',
  header: 'plaid-verification',
  algorithms: ['ES256'],
  maxAgeSeconds: 300,
  bodyHash: { claim: 'request_body_sha256', algorithm: 'sha256', encoding: 'hex' },
};
