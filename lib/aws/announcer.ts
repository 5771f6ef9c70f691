/** Publishes on the event bus. */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { product } from '../config/deployed-names.ts';
import type { Announcer } from '../issuance/event.ts';

export function announcer(client: EventBridgeClient, eventBusName: string): Announcer {
  return {
    async announce(event) {
      const entry = {
        EventBusName: eventBusName,
        Source: product,
        DetailType: `Issuance ${event.status}`,
        Detail: JSON.stringify(event),
      };
      const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
      // The call succeeds even if an entry is refused.
      if ((answer.FailedEntryCount ?? 0) > 0)
        throw new Error(`EventBridge refused an event: ${answer.Entries?.[0]?.ErrorCode}`);
    },
  };
}
