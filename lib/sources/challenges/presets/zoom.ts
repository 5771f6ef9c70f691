/**
 * Zoom’s `endpoint.url_validation`, which is signed like an event: the token comes back, also signed with the secret.
 * https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
 */
import type { CustomChallenge } from '../settings.ts';

export const zoom: CustomChallenge = {
  kind: 'custom',
  method: 'POST',
  when: [{ at: { body: 'event' }, equals: 'endpoint.url_validation' }],
  value: { body: 'payload.plainToken' },
  answer: { json: { plainToken: '{value}', encryptedToken: '{hmac}' } },
  hmac: { algorithm: 'sha256', encoding: 'hex' },
};
