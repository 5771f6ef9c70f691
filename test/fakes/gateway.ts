/** Events as API Gateway makes them of a request, with its own way of finding the route. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { methodsOf, routeKeyOf, routes } from '../../lib/config/routes.ts';
import { routeFinder } from '../../packages/local-cloud/src/triggers/routes.ts';

export interface GatewayRequest {
  method: string;
  path: string;
  query?: Record<string, string>;
  /** A header without a value is not sent. */
  headers: Record<string, string | undefined>;
  body?: string;
  base64?: boolean;
  /** Of a custom domain: stands before the path, and no route has it. */
  mappingKey?: string | undefined;
}

const plans = Object.values(routes).flatMap((route) =>
  methodsOf(route).map((method) => ({
    key: routeKeyOf({ method, path: route.path }),
    method,
    path: route.path,
    functionName: 'trigger',
  })),
);
const find = routeFinder([...plans, { key: '$default', method: 'ANY', path: '$default', functionName: 'trigger' }]);

/** The id that API Gateway gives to every request of a test. */
export const requestId = 'request-1';

export function gatewayEvent(request: GatewayRequest): APIGatewayProxyEventV2 {
  const { method, path, query, headers, body, base64 = false, mappingKey } = request;
  const match = find(method, path);
  const rawPath = mappingKey === undefined ? path : `/${mappingKey}${path}`;
  const event = {
    routeKey: match?.route.key,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    ...(query && { queryStringParameters: query }),
    ...(match && Object.keys(match.parameters).length > 0 && { pathParameters: match.parameters }),
    ...(body !== undefined && { body }),
    isBase64Encoded: base64,
    requestContext: {
      requestId,
      domainName: 'api.example.com',
      http: { method, path: rawPath },
      routeKey: match?.route.key,
    },
  };
  return event as unknown as APIGatewayProxyEventV2;
}
