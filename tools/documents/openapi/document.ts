/** The OpenAPI document of the HTTP API, from the table of routes, the schemas the handlers use and the error codes. */
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { methodsOf, type OperationId, operationIds, type Route, routes } from '../../../lib/config/routes.ts';
import { describeCode, type ErrorCode, errorCodes } from '../../../lib/issuance/error-codes.ts';
import { headOf } from './head.ts';
import { headerComponents } from './headers.ts';
import { operations } from './operations.ts';
import { pathParameters } from './parameters.ts';
import { refusals, tokenCodes } from './refusals.ts';
import { describeMembers, override } from './schemas.ts';

const description = `Request verifiable credentials for holders’ wallets, and follow their issuance.

Answers may grow: ignore members, headers and codes that you do not know. Statuses are complete. A request with a member that is
not known is refused.

Errors are problem details (RFC 9457) with a stable \`code\`. API Gateway itself can answer with \`{"message": …}\`. After a 429, a
5xx or no answer, repeat the request with the same idempotency key. A path that does not exist is answered 404, and another
method than those below 405 with \`allow\`.`;

/** The address of \`npm start\`; GET /v1/openapi.json replaces it by the address at which it is requested. */
const servers = [{ url: 'http://127.0.0.1:4010', description: 'npm start, on one machine' }];

/** The text of functions/trigger/openapi.json. */
export function openapiDocument(): string {
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Issue on Behalf',
        version: '1',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers,
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of a source' } },
        headers: headerComponents,
      },
      paths: paths(),
    },
    { override },
  );
  describeMembers(document.components?.schemas);
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function paths(): ZodOpenApiPathsObject {
  const byPath: ZodOpenApiPathsObject = {};
  for (const id of operationIds) {
    const { path } = routes[id];
    for (const method of methodsOf(routes[id])) {
      const described = method === 'HEAD' ? headOf(id, operation(id)) : operation(id);
      byPath[path] = { ...byPath[path], [method.toLowerCase()]: described };
    }
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
    security: needsToken ? [{ token: [] }] : [],
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
