/**
 * Okta’s one-time verification of an event hook.
 * https://developer.okta.com/docs/concepts/event-hooks/#one-time-verification-request
 */
import type { CustomChallenge } from '../settings.ts';

export const okta: CustomChallenge = {
  kind: 'custom',
  method: 'GET',
  when: [],
  value: { header: 'x-okta-verification-challenge' },
  answer: { json: { verification: '{value}' } },
};
