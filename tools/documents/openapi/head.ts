/** HEAD as an operation: the answers of GET without their bodies. */
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';

/** The operation `headShow` of an operation `show`. */
export function headOf(id: string, get: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  const responses = Object.entries(get.responses).map(([status, response]) => {
    const { content: _content, links: _links, ...bare } = response as ZodOpenApiResponseObject;
    return [status, bare];
  });
  return {
    ...get,
    operationId: `head${id.charAt(0).toUpperCase()}${id.slice(1)}`,
    summary: `${get.summary}: the headers only`,
    responses: Object.fromEntries(responses),
  };
}
