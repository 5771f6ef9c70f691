/** Makes the JSON Schema of the events on the bus from the schema that makes them. */
import * as z from 'zod/mini';
import { issuanceEvent } from '../../lib/issuance/event.ts';

/** The schema as it should be: draft 2020-12. */
export function eventSchema(): string {
  const schema = z.toJSONSchema(issuanceEvent, { target: 'draft-2020-12' });
  const title = 'Detail of an event of the source issue-on-behalf';
  return `${JSON.stringify({ title, ...schema }, undefined, 2)}\n`;
}
