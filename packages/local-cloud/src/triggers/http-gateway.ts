/** The HTTP API: finds the function of a request, invokes it and writes its answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ApiPlan } from '../template/plan-api.ts';
import { answerFor, eventFor, gatewayAnswer, type HttpAnswer } from './http-event.ts';
import { BodyTooLarge, readBody } from './request-body.ts';
import { type RouteMatch, routeFinder } from './routes.ts';

/** The inputs of the gateway after the plan is known. */
export interface GatewayParts {
  api: ApiPlan;
  invokeFor: (routeKey: string, method: string) => (functionName: string, event: unknown) => Promise<unknown>;
  log: (line: string) => void;
}

const largestBody = 10 * 1024 * 1024;
const largestHeaders = 10_240;

type Find = ReturnType<typeof routeFinder>;

async function invokeRoute(
  parts: GatewayParts,
  request: IncomingMessage,
  url: URL,
  match: RouteMatch,
): Promise<HttpAnswer> {
  try {
    const body = await readBody(request, largestBody);
    const event = eventFor(request, url, body, match, parts.api.id);
    const invoke = parts.invokeFor(match.route.key, request.method ?? 'GET');
    return answerFor(await invoke(match.route.functionName, event));
  } catch (error) {
    if (error instanceof BodyTooLarge) return gatewayAnswer(413, 'Request Entity Too Large');
    return gatewayAnswer(500, 'Internal Server Error');
  }
}

async function handle(
  parts: GatewayParts,
  find: Find,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const match = find(request.method ?? 'GET', url.pathname);
  const headerBytes = request.rawHeaders.reduce((sum, one) => sum + one.length, request.url?.length ?? 0);
  let answer = gatewayAnswer(404, 'Not Found');
  if (headerBytes > largestHeaders) answer = gatewayAnswer(431, 'Request Header Fields Too Large');
  else if (match) answer = await invokeRoute(parts, request, url, match);
  if (!request.complete) response.shouldKeepAlive = false;
  // Without a body, its length is not known: that of GET may be another.
  const bodiless = request.method === 'HEAD' || answer.status === 304;
  response.writeHead(answer.status, { ...answer.headers, ...(!bodiless && { 'content-length': answer.body.length }) });
  response.end(bodiless ? undefined : answer.body);
  const took = (performance.now() - started).toFixed(1);
  const route = match?.route.key ?? '-';
  // Path and query may contain personal data or secrets; the route key does not.
  parts.log(`${new Date().toISOString()} ${request.method} ${route} ${answer.status} ${took}ms`);
}

/** Creates the gateway; until the parts are known it answers 503. */
export function httpGateway(parts: () => GatewayParts | undefined): Server {
  let finder: { api: ApiPlan; find: Find } | undefined;
  const server = createServer((request, response) => {
    const known = parts();
    if (!known) return void response.writeHead(503).end('{"message":"Service Unavailable"}');
    if (finder?.api !== known.api) finder = { api: known.api, find: routeFinder(known.api.routes) };
    handle(known, finder.find, request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 75_000;
  return server;
}
