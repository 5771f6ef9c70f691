/** Finds the route of a request as the gateway found it: behind a custom domain the path alone does not tell. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type OperationId, operationIds, type Route, routeKeyOf, routes } from '../../lib/config/routes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { RoutedRequest } from './operation.ts';

export class MethodNotAllowed extends IssuanceError {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super('method-not-allowed');
    this.allowed = allowed;
  }
}

const table = operationIds.map((id) => ({
  id,
  ...routes[id],
  key: routeKeyOf(routes[id]),
  ending: endingOf(routes[id]),
}));

/** Throws `route-not-found` or `method-not-allowed`. */
export function findRoute(event: APIGatewayProxyEventV2): { id: OperationId; request: RoutedRequest } {
  const route = table.find(({ key }) => key === event.routeKey);
  if (route === undefined) throw refuse(event);
  const basePath = event.rawPath.replace(route.ending, '');
  return { id: route.id, request: { event, parameters: event.pathParameters ?? {}, basePath } };
}

/** A request came by the gateway's default route: either its path or its method is unknown. */
function refuse({ rawPath, requestContext }: APIGatewayProxyEventV2): IssuanceError {
  const allowed = table.filter(({ ending }) => ending.test(rawPath)).map(({ method }) => method);
  const unknownMethod = allowed.length > 0 && !allowed.some((method) => method === requestContext.http.method);
  return unknownMethod ? new MethodNotAllowed(allowed) : new IssuanceError('route-not-found');
}

/** The end of a path. Behind a custom domain the path begins with the mapping key. */
function endingOf({ path }: Route): RegExp {
  const pattern = path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`${pattern}$`);
}
