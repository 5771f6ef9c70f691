/**
 * Azure Event Grid with its own schema of events; with the schema of CloudEvents, it sends OPTIONS.
 * https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 */
import type { CustomChallenge } from '../settings.ts';

export const eventGrid: CustomChallenge = {
  kind: 'custom',
  method: 'POST',
  when: [{ at: { header: 'aeg-event-type' }, equals: 'SubscriptionValidation' }],
  value: { body: '$[0].data.validationCode' },
  answer: { json: { validationResponse: '{value}' } },
};
