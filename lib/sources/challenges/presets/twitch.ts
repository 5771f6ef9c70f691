/**
 * Twitch EventSub, which signs it like an event.
 * https://dev.twitch.tv/docs/eventsub/handling-webhook-events/#responding-to-a-challenge-request
 */
import type { CustomChallenge } from '../settings.ts';

export const twitch: CustomChallenge = {
  kind: 'custom',
  method: 'POST',
  when: [{ at: { header: 'twitch-eventsub-message-type' }, equals: 'webhook_callback_verification' }],
  value: { body: 'challenge' },
  answer: { text: '{value}' },
};
