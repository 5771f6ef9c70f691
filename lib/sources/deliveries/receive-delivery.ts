/** Receives a delivery: one event, or all events that it is split into. */
import pMap from 'p-map';
import type { AcceptPorts } from '../../accept/accept.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { type Received, receiveEvent } from '../receive-event.ts';
import { type ProvenDelivery, splitEvents, wholeEvent } from './split.ts';

const atOnce = 10;

/** What came of an event of a delivery that is split. */
type Part = Received | { error: unknown };

/** The result: of one event, or of each event in the order of the delivery. */
export type ReceivedDelivery = { split: false; one: Received } | { split: true; all: Received[] };

/**
 * Returns when every event is stored and queued, or ignored. Otherwise it throws after all events have been tried: an
 * internal error first, because repeating the delivery helps, and else the first refusal as receiveEvent does. Events that
 * were accepted stay accepted, and are found again when the delivery is repeated.
 */
export async function receiveDelivery(delivery: ProvenDelivery, ports: AcceptPorts): Promise<ReceivedDelivery> {
  const { settings } = delivery;
  if (settings.split === undefined) {
    return { split: false, one: await receiveEvent({ ...delivery, ...wholeEvent(delivery) }, ports) };
  }
  const events = await splitEvents(settings.split, delivery);
  if (events.length === 0) ports.log.write({ event: 'event-ignored', source: delivery.source });
  const parts = await pMap(
    events,
    async (read): Promise<Part> => {
      try {
        return await receiveEvent({ ...delivery, ...read() }, ports);
      } catch (error) {
        return { error };
      }
    },
    { concurrency: atOnce },
  );
  throwFailures(parts);
  return { split: true, all: parts.flatMap((part) => ('error' in part ? [] : [part])) };
}

function throwFailures(parts: readonly Part[]): void {
  const failures = parts.flatMap((part, index) => ('error' in part ? [{ ...part, position: index + 1 }] : []));
  const internal = failures.find(({ error }) => !isRefusal(error));
  if (internal !== undefined) throw internal.error;
  const [first] = failures;
  if (first !== undefined && isRefusal(first.error)) throw atPosition(first.error, first.position, parts.length);
}

/** Whether repeating the event is pointless. */
function isRefusal(error: unknown): error is IssuanceError {
  return error instanceof IssuanceError && error.kind === 'invalid' && error.code !== 'service-unavailable';
}

function atPosition({ code, detail }: IssuanceError, position: number, count: number): IssuanceError {
  const where = `event ${position} of ${count}`;
  return new IssuanceError(code, { detail: detail === undefined ? where : `${where}: ${detail}` });
}
