/** The types of the client, generated from the OpenAPI document. */
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { errorCodes } from '../../lib/issuance/error-codes.ts';
import { openapiDocument } from './openapi/document.ts';

const header =
  '/** The types of the HTTP API, generated from its OpenAPI document; `npm run docs` writes this file. */\n';

/** The text of packages/client/src/api-types.ts. */
export async function clientTypes(): Promise<string> {
  const document = JSON.parse(openapiDocument()) as OpenAPI3;
  return `${header}\n${astToString(await openapiTypescript(document))}${knownCodes()}`;
}

/** The document has codes as an open list, which is a string; their names help to complete and to spell. */
function knownCodes(): string {
  const names = Object.keys(errorCodes).map((code) => `    | "${code}"`);
  return `/** The codes of this version; answers may have others. */\nexport type KnownCode =\n${names.join('\n')};\n`;
}
