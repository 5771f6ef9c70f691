/** The HTTP API: from a gateway event to its route, its operation and an answer. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import {
  type AuthorizedOperationId,
  type OperationId,
  operationIds,
  type Route,
  routeKeyOf,
  routes,
} from '../../lib/config/routes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { authenticate } from '../../lib/sources/api-tokens.ts';
import type { Answer, AuthorizedRequest, Operation, RoutedRequest, TriggerPorts } from './operation.ts';
import { health } from './operations/health.ts';
import { issue } from './operations/issue.ts';
import { list } from './operations/list.ts';
import { openapi } from './operations/openapi.ts';
import { receive } from './operations/receive.ts';
import { retry } from './operations/retry.ts';
import { show } from './operations/show.ts';
import { MethodNotAllowed, refuse } from './refusal.ts';

/** Answers every request; errors become problem details. */
export async function trigger(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  try {
    const { id, request } = findRoute(event);
    return await perform(id, request, ports);
  } catch (error) {
    return refuse(error, event, ports.log);
  }
}

type OpenOperationId = Exclude<OperationId, AuthorizedOperationId>;

const authorized: Record<AuthorizedOperationId, Operation<AuthorizedRequest>> = { issue, list, show, retry };
const open: Record<OpenOperationId, Operation<RoutedRequest>> = { receive, health, openapi };

/** Checks the token against the route's scope first. Throws as `authenticate` and the operation do. */
export async function perform(id: OperationId, request: RoutedRequest, ports: TriggerPorts): Promise<Answer> {
  if (!needsToken(id)) return open[id](request, ports);
  const source = await authenticate(request.event.headers['authorization'], routes[id].scope, ports.apiTokens);
  return authorized[id]({ ...request, source }, ports);
}

function needsToken(id: OperationId): id is AuthorizedOperationId {
  return 'scope' in routes[id];
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
