/**
 * Meta: the endpoint shows that it knows the verify token.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
import type { CustomChallenge } from '../settings.ts';

export const meta = (tokenSha256: string): CustomChallenge => ({
  kind: 'custom',
  method: 'GET',
  when: [
    { at: { query: 'hub.mode' }, equals: 'subscribe' },
    { at: { query: 'hub.verify_token' }, sha256: tokenSha256 },
  ],
  value: { query: 'hub.challenge' },
  answer: { text: '{value}' },
});
