/**
 * Microsoft Graph change notifications. The request is not signed, so the source needs a token in the path.
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
import type { CustomChallenge } from '../settings.ts';

export const microsoftGraph: CustomChallenge = {
  kind: 'custom',
  method: 'POST',
  when: [],
  value: { query: 'validationToken' },
  answer: { text: '{value}' },
};
