/** The OpenAPI document of the HTTP API, from the table of routes, the schemas the handlers use and the error codes. */
import * as z from 'zod/mini';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { issuanceBody } from '../../../lib/accept/request.ts';
import { type OperationId, operationIds, type Route, routes } from '../../../lib/config/routes.ts';
import { problem } from '../../../lib/http/problem.ts';
import { describeCode, type ErrorCode, errorCodes } from '../../../lib/issuance/error-codes.ts';
import { issuanceView } from '../../../lib/issuance/view.ts';
import { operations } from './operations.ts';
import { pathParameters } from './parameters.ts';
import { refusals, tokenCodes } from './refusals.ts';

z.globalRegistry.add(issuanceBody, { id: 'IssuanceRequest' });
z.globalRegistry.add(issuanceView, { id: 'Issuance' });
z.globalRegistry.add(problem, { id: 'Problem', description: 'RFC 9457 problem details' });

/** The text of functions/trigger/openapi.json. */
export function openapiDocument(): string {
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Issue on Behalf',
      version: '1',
      description: 'Request verifiable credentials for holders’ wallets, and follow their issuance.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of a source' } },
    },
    paths: paths(),
  });
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function paths(): ZodOpenApiPathsObject {
  const byPath: ZodOpenApiPathsObject = {};
  for (const id of operationIds) {
    const { path, method } = routes[id];
    byPath[path] = { ...byPath[path], [method.toLowerCase()]: operation(id) };
  }
  return byPath;
}

function operation(id: OperationId): ZodOpenApiOperationObject {
  const route: Route = routes[id];
  const { codes, responses, summary, description, parameters = [], ...rest } = operations[id];
  const all = [...pathParameters(route), ...parameters];
  const needsToken = route.scope !== undefined;
  return {
    operationId: id,
    ...(summary && { summary }),
    ...(description && { description }),
    ...(needsToken && { security: [{ token: [] }] }),
    ...(all.length > 0 && { parameters: all }),
    ...rest,
    responses: { ...responses, ...refusals([...codes, ...(needsToken ? tokenCodes : [])]) },
  };
}

/** Codes of refused requests that no operation names. */
export function unnamedCodes(document: string): ErrorCode[] {
  const refused = Object.keys(errorCodes) as ErrorCode[];
  const elsewhere = ['route-not-found', 'method-not-allowed'];
  return refused.filter(
    (code) => describeCode(code).kind === 'invalid' && !elsewhere.includes(code) && !document.includes(`"${code}": {`),
  );
}
