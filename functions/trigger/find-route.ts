/** Finds the route of a gateway event, with the prefix of its path. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { methodsOf, type OperationId, operationIds, type Route, routeKeyOf, routes } from '../../lib/config/routes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { RoutedRequest } from './operation.ts';
import { MethodNotAllowed } from './refusal.ts';

const table = operationIds.flatMap((id) =>
  methodsOf(routes[id]).map((method) => ({
    id,
    method,
    key: routeKeyOf({ method, path: routes[id].path }),
    ending: endingOf(routes[id]),
  })),
);

/** Throws `route-not-found` or `method-not-allowed`. */
export function findRoute(event: APIGatewayProxyEventV2): { id: OperationId; request: RoutedRequest } {
  const route = table.find(({ key }) => key === event.routeKey);
  if (route === undefined) throw unrouted(event);
  const basePath = event.rawPath.replace(route.ending, '');
  return { id: route.id, request: { event, parameters: event.pathParameters ?? {}, basePath } };
}

/** For a request through the gateway's default route: its path or its method is unknown. */
function unrouted({ rawPath, requestContext }: APIGatewayProxyEventV2): IssuanceError {
  const allowed = table.filter(({ ending }) => ending.test(rawPath)).map(({ method }) => method);
  const unknownMethod = allowed.length > 0 && !allowed.some((method) => method === requestContext.http.method);
  return unknownMethod ? new MethodNotAllowed(allowed) : new IssuanceError('route-not-found');
}

/** The end of a path. Behind a custom domain the path begins with the mapping key. */
function endingOf({ path }: Route): RegExp {
  const pattern = path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`${pattern}$`);
}
