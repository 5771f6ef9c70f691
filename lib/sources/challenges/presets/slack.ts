/**
 * Slack’s `url_verification`, which is signed like an event.
 * https://docs.slack.dev/reference/events/url_verification
 */
import type { CustomChallenge } from '../settings.ts';

export const slack: CustomChallenge = {
  kind: 'custom',
  method: 'POST',
  when: [{ at: { body: 'type' }, equals: 'url_verification' }],
  value: { body: 'challenge' },
  answer: { text: '{value}' },
};
