/** Writes the next record of an issuance: one conditional write, then the log, then the event. */
import { type Announcer, eventOf } from './event.ts';
import { type Issuance, isIn } from './issuance.ts';
import type { IssuanceStore } from './issuance-store.ts';
import type { Log } from './log-events.ts';
import type { StatusWith } from './status.ts';
import type { Moved, Stayed, Step } from './transitions/step.ts';

export interface WritePorts {
  store: Pick<IssuanceStore, 'replace'>;
  log: Log;
}

/** The ports for writing that an issuance has ended or is parked, which is published. */
export interface PublishPorts extends WritePorts {
  announcer: Announcer;
}

type UnderWay = { status: StatusWith<'stage', 'under-way'> };

/** The written record, or undefined if another process wrote it first. */
export function write<Next extends Issuance>(
  step: Stayed<Next> | Moved<Next & UnderWay>,
  ports: WritePorts,
): Promise<Next | undefined>;
export function write<Next extends Issuance>(step: Step<Next>, ports: PublishPorts): Promise<Next | undefined>;
export async function write<Next extends Issuance>(
  { record, moved }: Step<Next>,
  ports: WritePorts | PublishPorts,
): Promise<Next | undefined> {
  if (!(await ports.store.replace(record))) return undefined;
  if (!moved) return record;
  const { id, program, status, reason } = record;
  ports.log.write({ event: 'issuance-moved', id, program, status, ...(reason && { code: reason.code }) });
  if ('announcer' in ports && isIn(record, 'stage', 'parked', 'ended')) await ports.announcer.announce(eventOf(record));
  return record;
}
