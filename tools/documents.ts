/** The documents that are generated from the code; `npm run docs` writes each of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientTypes } from './documents/client-types.ts';
import { decisionsDocument } from './documents/decisions.ts';
import { errorsDocument } from './documents/errors.ts';
import { eventSchema } from './documents/event-schema.ts';
import { openapiDocument } from './documents/openapi/document.ts';
import { faultsDocument } from './faults/table.ts';
import { vendorsDocument } from './vendors/document.ts';

const root = join(import.meta.dirname, '..');

/** Each document by its path from the root of the repository, with the function that generates it. */
export const documents: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/decisions/README.md': decisionsDocument,
  'docs/errors.md': errorsDocument,
  'docs/faults.md': faultsDocument,
  'docs/issuance-event.schema.json': eventSchema,
  'docs/vendors.md': vendorsDocument,
  'functions/trigger/openapi.json': openapiDocument,
  'packages/client/src/api-types.ts': clientTypes,
};

async function main(): Promise<void> {
  for (const [path, make] of Object.entries(documents)) {
    writeFileSync(join(root, path), await make());
    console.log(path);
  }
}

if (import.meta.main) await main();
