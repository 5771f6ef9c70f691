/** Events that the bus did not take: kept as they are, and told by reconcile once it takes them again. */
import pMap from 'p-map';
import type { Announcer, IssuanceEvent } from './event.ts';
import type { Log } from './log-events.ts';
import { describeUnexpected } from './unexpected.ts';

export interface UntoldEvents {
  /** Keeps an event; one that is kept, or was, stays as it is. */
  keep(event: IssuanceEvent): Promise<void>;
  /** Those kept, oldest first. */
  list(after: string | undefined, limit: number): Promise<{ events: IssuanceEvent[]; next?: string }>;
  /** Need not be told any more. */
  told(event: IssuanceEvent): Promise<void>;
}

/** Publishes on the bus, and keeps what it does not take. Throws when an event could not even be kept. */
export function keepingAnnouncer(bus: Announcer, untold: UntoldEvents, log: Log): Announcer {
  return {
    async announce(event) {
      try {
        await bus.announce(event);
      } catch (error) {
        log.write(describeUnexpected(error, 'announce'));
        await untold.keep(event);
      }
    },
  };
}

export interface TellPorts {
  bus: Announcer;
  untold: UntoldEvents;
}

const pageSize = 100;
const atOnce = 10;
/** So many failures in one page mean that the bus still refuses; fewer, that it refuses these events. */
const mostFailures = 5;

/** Tells one page of what was kept; throws when the bus still takes nothing. */
export async function tellUntold(position: string | undefined, { bus, untold }: TellPorts) {
  const { events, next } = await untold.list(position, pageSize);
  const failures: unknown[] = [];
  await pMap(
    events,
    async (event) => {
      try {
        await bus.announce(event);
        await untold.told(event);
      } catch (error) {
        failures.push(error);
        if (failures.length >= mostFailures) throw error;
      }
    },
    { concurrency: atOnce },
  );
  if (failures.length > 0 && failures.length === events.length) throw failures[0];
  return { found: events.length, moved: events.length - failures.length, ...(next !== undefined && { next }) };
}
