/** Records what the use cases published, logged, and which pollers they started. */

import type { Announcer, IssuanceEvent } from '../../lib/issuance/event.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import type { Log, LogEvent } from '../../lib/issuance/log-events.ts';
import type { PollerStarter } from '../../lib/issuance/ports.ts';

export class RecordingAnnouncer implements Announcer {
  readonly events: IssuanceEvent[] = [];

  async announce(event: IssuanceEvent): Promise<void> {
    this.events.push(structuredClone(event));
  }
}

export class RecordingPollers implements PollerStarter {
  readonly started: IssuanceId[][] = [];

  async start(ids: readonly IssuanceId[]): Promise<void> {
    this.started.push([...ids]);
  }
}

export class RecordingLog implements Log {
  readonly entries: LogEvent[] = [];

  write(event: LogEvent): void {
    this.entries.push(structuredClone(event));
  }

  /** The entries of one event. */
  of<Name extends LogEvent['event']>(name: Name): (LogEvent & { event: Name })[] {
    return this.entries.filter((entry): entry is LogEvent & { event: Name } => entry.event === name);
  }
}
