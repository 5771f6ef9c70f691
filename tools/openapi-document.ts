/** Writes the OpenAPI document of the HTTP API; `--check` compares instead. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiDocument } from './openapi/document.ts';

const file = join(import.meta.dirname, '../functions/trigger/openapi.json');

function main(args: string[]): void {
  const wanted = openapiDocument();
  if (!args.includes('--check')) {
    writeFileSync(file, wanted);
    return;
  }
  if (readFileSync(file, 'utf8') !== wanted) {
    console.error('functions/trigger/openapi.json is not what the schemas say: run npm run openapi');
    process.exitCode = 1;
  }
}

if (import.meta.main) main(process.argv.slice(2));
