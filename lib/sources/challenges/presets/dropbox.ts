/**
 * Dropbox.
 * https://www.dropbox.com/developers/reference/webhooks
 */
import type { CustomChallenge } from '../settings.ts';

export const dropbox: CustomChallenge = {
  kind: 'custom',
  method: 'GET',
  when: [],
  value: { query: 'challenge' },
  answer: { text: '{value}' },
};
