/** The HTTP API: from a gateway event to an answer. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type AcceptPorts, accept } from '../../lib/accept/accept.ts';
import { readRequest } from '../../lib/accept/request.ts';
import { problemContentType, problemOf } from '../../lib/http/problem.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { describeUnexpected } from '../../lib/issuance/unexpected.ts';
import { viewOf } from '../../lib/issuance/view.ts';
import { retry } from '../../lib/operate/retry.ts';
import { authenticate, type TokenSecret } from '../../lib/sources/api-tokens.ts';
import { json } from './answer.ts';
import { readJsonBody } from './body.ts';
import { readListQuery, writeCursor } from './list-query.ts';
import { type ReceivePorts, receive } from './receive.ts';

export interface TriggerPorts extends AcceptPorts, ReceivePorts {
  apiTokens: TokenSecret;
  /** The OpenAPI document, JSON text. */
  apiDocument(): string;
}

type Answer = APIGatewayProxyStructuredResultV2;
type Operation = (event: APIGatewayProxyEventV2, ports: TriggerPorts) => Promise<Answer>;

const routes: { path: RegExp; methods: Record<string, Operation> }[] = [
  { path: /^\/v1\/health$/, methods: { GET: health } },
  { path: /^\/v1\/issuances$/, methods: { POST: issue, GET: list } },
  { path: /^\/v1\/issuances\/[^/]+$/, methods: { GET: show } },
  { path: /^\/v1\/issuances\/[^/]+\/retry$/, methods: { POST: putBack } },
  { path: /^\/v1\/openapi\.json$/, methods: { GET: describeApi } },
  { path: /^\/v1\/events\/[^/]+$/, methods: { POST: receive } },
];

/** Answers every request; whatever goes wrong is a problem detail. */
export async function trigger(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  try {
    return await operationFor(event)(event, ports);
  } catch (error) {
    if (!(error instanceof IssuanceError)) ports.log.write(describeUnexpected(error, 'trigger'));
    const known = toEdge(error);
    if (known.cause !== undefined) ports.log.write(describeUnexpected(known.cause, 'trigger'));
    ports.log.write({ event: 'request-refused', code: known.code, requestId: event.requestContext.requestId });
    return refusal(known, event.requestContext.requestId);
  }
}

function operationFor({ rawPath, requestContext }: APIGatewayProxyEventV2): Operation {
  const route = routes.find(({ path }) => path.test(rawPath));
  if (route === undefined) throw new IssuanceError('route-not-found');
  const operation = Object.hasOwn(route.methods, requestContext.http.method)
    ? route.methods[requestContext.http.method]
    : undefined;
  if (operation === undefined) throw new MethodNotAllowed(Object.keys(route.methods));
  return operation;
}

class MethodNotAllowed extends IssuanceError {
  readonly allowed: string[];

  constructor(allowed: string[]) {
    super('method-not-allowed');
    this.allowed = allowed;
  }
}

/** What the caller is told: our own trouble is a 5xx, and repeating is safe. */
function toEdge(error: unknown): IssuanceError {
  if (!(error instanceof IssuanceError)) return new IssuanceError('internal-error');
  return error.kind === 'invalid' ? error : new IssuanceError('service-unavailable', { cause: error });
}

function refusal(error: IssuanceError, requestId: string): Answer {
  const problem = problemOf(error);
  const headers: Record<string, string> = {
    'content-type': problemContentType,
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  if (error instanceof MethodNotAllowed) headers['allow'] = error.allowed.join(', ');
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer';
  if (error.code === 'service-unavailable') headers['retry-after'] = '5';
  return { statusCode: problem.status, headers, body: JSON.stringify(problem) };
}

async function describeApi(_event: APIGatewayProxyEventV2, { apiDocument }: TriggerPorts): Promise<Answer> {
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: apiDocument() };
}

async function health(): Promise<Answer> {
  return json(200, { status: 'ok' });
}

async function issue(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  const source = await authenticate(event.headers['authorization'], 'issue', ports.apiTokens);
  const request = readRequest(readJsonBody(event), source, event.headers['idempotency-key'], ports.clock.now());
  const { issuance, replay } = await accept(request, ports);
  const headers = { location: `/v1/issuances/${issuance.id}`, ...(replay && { 'idempotent-replayed': 'true' }) };
  return json(202, viewOf(issuance), headers);
}

async function show(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  const source = await authenticate(event.headers['authorization'], 'read', ports.apiTokens);
  return json(200, viewOf(await ownIssuance(event, source, ports)));
}

async function putBack(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  const source = await authenticate(event.headers['authorization'], 'operate', ports.apiTokens);
  return json(202, viewOf(await retry(await ownIssuance(event, source, ports), ports)));
}

/** Another source's issuance must look like none at all. */
async function ownIssuance(
  { rawPath }: APIGatewayProxyEventV2,
  source: string,
  ports: TriggerPorts,
): Promise<Issuance> {
  const id = rawPath.split('/')[3] ?? '';
  const issuance = /^iss_[\w-]{27}$/.test(id) ? await ports.store.get(id) : undefined;
  if (issuance === undefined || issuance.source !== source) throw new IssuanceError('issuance-not-found');
  return issuance;
}

async function list(event: APIGatewayProxyEventV2, ports: TriggerPorts): Promise<Answer> {
  const source = await authenticate(event.headers['authorization'], 'read', ports.apiTokens);
  const query = readListQuery(event.queryStringParameters ?? {}, source);
  const { issuances, next } = await ports.store.list(query);
  const own = issuances.filter((issuance) => issuance.source === source);
  return json(200, { issuances: own.map(viewOf), ...(next !== undefined && { next: writeCursor(next) }) });
}
