/** EventBridge's PutEvents: events are passed to a listener, because nothing in the stack subscribes to them. */
import { randomUUID } from 'node:crypto';
import { asArray, asObject, asText, type JsonObject } from '../template/json.ts';
import type { Operation } from './secrets-api.ts';
import { ServiceError } from './service-error.ts';

/** An event as a subscriber of the bus would receive it. */
export interface BusEvent {
  id: string;
  bus: string;
  source: string;
  detailType: string;
  detail: unknown;
  time: string;
}

type Entry = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

function busName(entry: JsonObject, buses: string[]): string {
  const name = (asText(entry['EventBusName']) ?? 'default').split('event-bus/').at(-1) ?? '';
  if (name === 'default' || buses.includes(name)) return name;
  throw new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

function read(entry: JsonObject, bus: string): BusEvent | Entry {
  const source = asText(entry['Source']);
  const detailType = asText(entry['DetailType']);
  const detail = asText(entry['Detail']);
  if (!source || !detailType || !detail) {
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source, DetailType or Detail is not valid.' };
  }
  try {
    const parsed: unknown = JSON.parse(detail);
    return { id: randomUUID(), bus, source, detailType, detail: parsed, time: new Date().toISOString() };
  } catch {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
}

/** The operation for the buses of the plan. */
export function eventsApi(buses: string[], onEvent: (event: BusEvent) => void): Record<string, Operation> {
  return {
    PutEvents: (input) => {
      const given = asArray(input['Entries']).map(asObject);
      if (given.length < 1 || given.length > 10) {
        throw new ServiceError('ValidationException', 'Entries must have between 1 and 10 members.');
      }
      const results = given.map((entry) => read(entry, busName(entry, buses)));
      const entries: Entry[] = results.map((one) => {
        if (!('id' in one)) return one;
        onEvent(one);
        return { EventId: one.id };
      });
      const failed = entries.filter((one) => 'ErrorCode' in one).length;
      return { FailedEntryCount: failed, Entries: entries };
    },
  };
}
