/** Receives a delivery: one event, or all events that it is split into. */
import pMap from 'p-map';
import type { AcceptPorts } from '../../accept/accept.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { type Received, receiveEvent } from '../receive-event.ts';
import { type ProvenDelivery, splitEvents, wholeEvent } from './split.ts';

const atOnce = 10;

/** What came of an event of a delivery that is split. */
export type Part = Received | { ignored: true; refused: IssuanceError };

/**
 * The result: of one event, or of each event in the order of the delivery, with the first refusal, whose detail says which
 * event it was.
 */
export type ReceivedDelivery = { split: false; one: Received } | { split: true; all: Part[]; refused?: IssuanceError };

/**
 * Returns when every event is stored and queued, ignored, or refused. Throws an internal error after all events have been
 * tried, because repeating the delivery helps, and a refusal if nothing can be read or split, or if there is one event. Events
 * that were accepted stay accepted, and are found again when the delivery is repeated.
 */
export async function receiveDelivery(delivery: ProvenDelivery, ports: AcceptPorts): Promise<ReceivedDelivery> {
  const { settings } = delivery;
  if (settings.split === undefined) {
    return { split: false, one: await receiveEvent({ ...delivery, ...wholeEvent(delivery) }, ports) };
  }
  const events = await splitEvents(settings.split, delivery);
  if (events.length === 0) ports.log.write({ event: 'event-ignored', source: delivery.source });
  const failures: unknown[] = [];
  const all = await pMap(
    events,
    async (read): Promise<Part[]> => {
      try {
        return [await receiveEvent({ ...delivery, ...read() }, ports)];
      } catch (error) {
        if (isRefusal(error)) return [{ ignored: true, refused: error }];
        failures.push(error);
        return [];
      }
    },
    { concurrency: atOnce },
  );
  if (failures.length > 0) throw failures[0];
  return { split: true, all: all.flat(), ...firstRefusal(all.flat()) };
}

function firstRefusal(all: readonly Part[]): { refused?: IssuanceError } {
  const index = all.findIndex((part) => 'refused' in part);
  const first = all[index];
  return first !== undefined && 'refused' in first ? { refused: atPosition(first.refused, index + 1, all.length) } : {};
}

/** Whether repeating the event is pointless. */
function isRefusal(error: unknown): error is IssuanceError {
  return error instanceof IssuanceError && error.kind === 'invalid' && error.code !== 'service-unavailable';
}

function atPosition({ code, detail }: IssuanceError, position: number, count: number): IssuanceError {
  const where = `event ${position} of ${count}`;
  return new IssuanceError(code, { detail: detail === undefined ? where : `${where}: ${detail}` });
}
