/** Generates the JSON Schema of the events on the bus from the schema in the code. */
import * as z from 'zod/mini';
import { issuanceEvent } from '../../lib/issuance/event.ts';

/** The JSON Schema, draft 2020-12. */
export function eventSchema(): string {
  const schema = z.toJSONSchema(issuanceEvent, { target: 'draft-2020-12' });
  const title = 'Detail of an event of the source issue-on-behalf';
  return `${JSON.stringify({ title, ...schema }, undefined, 2)}\n`;
}
