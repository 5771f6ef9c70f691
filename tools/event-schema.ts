/** Writes the JSON Schema of the events on the bus from the schema that makes them; `npm run event-schema`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { issuanceEvent } from '../lib/issuance/event.ts';

export const eventSchemaFile = join(import.meta.dirname, '../docs/issuance-event.schema.json');

/** The schema as it should be: draft 2020-12. */
export function eventSchema(): string {
  const schema = z.toJSONSchema(issuanceEvent, { target: 'draft-2020-12' });
  const title = 'Detail of an event of the source issue-on-behalf';
  return `${JSON.stringify({ title, ...schema }, undefined, 2)}\n`;
}

if (import.meta.main) writeFileSync(eventSchemaFile, eventSchema());
