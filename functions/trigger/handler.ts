/** The HTTP API: from a gateway event to its route, its operation and an answer. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type AuthorizedOperationId, type OperationId, routes } from '../../lib/config/routes.ts';
import { authenticate } from '../../lib/sources/api-tokens.ts';
import { findRoute } from './find-route.ts';
import type { Answer, AuthorizedRequest, Operation, RoutedRequest, TriggerPorts } from './operation.ts';
import { challenge } from './operations/challenge.ts';
import { health } from './operations/health.ts';
import { issue } from './operations/issue.ts';
import { list } from './operations/list.ts';
import { openapi } from './operations/openapi.ts';
import { receive } from './operations/receive.ts';
import { retry } from './operations/retry.ts';
import { show } from './operations/show.ts';
import { refuse } from './refusal.ts';

/** Answers every request, with its id; errors become problem details. An answer to HEAD has no body. */
export async function trigger(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  const { body, ...answer } = await answerOf(event, ports);
  const { requestId, http } = event.requestContext;
  const headers = { ...answer.headers, 'x-request-id': requestId };
  return { ...answer, headers, ...(http.method !== 'HEAD' && body !== undefined && { body }) };
}

async function answerOf(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  try {
    const { id, request } = findRoute(event);
    return await perform(id, request, ports);
  } catch (error) {
    return refuse(error, event, ports.log);
  }
}

type OpenOperationId = Exclude<OperationId, AuthorizedOperationId>;

const authorized: Record<AuthorizedOperationId, Operation<AuthorizedRequest>> = { issue, list, show, retry };
const open: Record<OpenOperationId, Operation<RoutedRequest>> = {
  receive,
  receiveByToken: receive,
  challenge,
  challengeByToken: challenge,
  allowOrigin: challenge,
  allowOriginByToken: challenge,
  health,
  openapi,
};

/** Checks the token against the route's scope first. Throws as `authenticate` and the operation do. */
async function perform(id: OperationId, request: RoutedRequest, ports: TriggerPorts): Promise<Answer> {
  if (!needsToken(id)) return open[id](request, ports);
  const source = await authenticate(request.event.headers['authorization'], routes[id].scope, ports.apiTokens);
  return authorized[id]({ ...request, source }, ports);
}

function needsToken(id: OperationId): id is AuthorizedOperationId {
  return 'scope' in routes[id];
}
