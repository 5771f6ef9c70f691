/** Every operation by its id in the table of routes: one that is missing, or needs a token and has no scope, does not compile. */
import { type AuthorizedOperationId, type OperationId, routes } from '../../lib/config/routes.ts';
import { authenticate } from '../../lib/sources/api-tokens.ts';
import type { Answer, AuthorizedRequest, Operation, RoutedRequest, TriggerPorts } from './operation.ts';
import { health } from './operations/health.ts';
import { issue } from './operations/issue.ts';
import { list } from './operations/list.ts';
import { openapi } from './operations/openapi.ts';
import { receive } from './operations/receive.ts';
import { retry } from './operations/retry.ts';
import { show } from './operations/show.ts';

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
