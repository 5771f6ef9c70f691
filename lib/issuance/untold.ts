/** Events that the bus rejected: stored unchanged, and published by reconcile when the bus accepts events again. */
import pMap from 'p-map';
import type { Announcer, IssuanceEvent } from './event.ts';
import type { Log } from './log-events.ts';
import { describeUnexpected } from './unexpected.ts';

export interface UntoldEvents {
  /** Stores an event; an event that is or was stored stays unchanged. */
  keep(event: IssuanceEvent): Promise<void>;
  /** The stored events, oldest first. */
  list(after: string | undefined, limit: number): Promise<{ events: IssuanceEvent[]; next?: string }>;
  /** Marks an event as published. */
  told(event: IssuanceEvent): Promise<void>;
}

/** Publishes on the bus, and stores events that it rejects. Throws if an event could not be stored either. */
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
/** This many failures in one page mean that the bus still rejects everything; fewer, that it rejects these events. */
const mostFailures = 5;

/** Publishes one page of stored events; throws if the bus still rejects everything. */
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
