/** Translates between HTTP and API Gateway's payload format 2.0. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { asArray, asNumber, asObject, asText, isObject, type JsonObject } from '../template/json.ts';
import type { RouteMatch } from './routes.ts';

/** An HTTP answer to write. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

const textType = /^(text\/|application\/(json|xml|javascript)\b)/i;

function headersOf(request: IncomingMessage): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && values) found[name] = values.join(',');
  }
  return found;
}

function queryOf(search: URLSearchParams): Record<string, string> {
  const names = new Set(search.keys());
  return Object.fromEntries([...names].map((name) => [name, search.getAll(name).join(',')]));
}

function bodyOf(request: IncomingMessage, body: Buffer): JsonObject {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = request.headers['content-type'];
  if (type === undefined || textType.test(type)) return { body: body.toString(), isBase64Encoded: false };
  return { body: body.toString('base64'), isBase64Encoded: true };
}

function requestContext(request: IncomingMessage, url: URL, match: RouteMatch, apiId: string, now: Date): JsonObject {
  return {
    accountId: '000000000000',
    apiId,
    domainName: url.host,
    domainPrefix: apiId,
    http: {
      method: request.method,
      path: url.pathname,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: match.route.key,
    stage: '$default',
    time: now.toUTCString(),
    timeEpoch: now.getTime(),
  };
}

/** The event of a function for a request. */
export function eventFor(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  match: RouteMatch,
  apiId: string,
): JsonObject {
  const cookies = request.headers.cookie?.split(/; */);
  const query = queryOf(url.searchParams);
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies ? { cookies } : {}),
    headers: headersOf(request),
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    requestContext: requestContext(request, url, match, apiId, new Date()),
    ...(Object.keys(match.parameters).length > 0 ? { pathParameters: match.parameters } : {}),
    ...bodyOf(request, body),
  };
}

function structured(result: JsonObject, status: number): HttpAnswer {
  const headers: Record<string, string | string[]> = { 'content-type': 'text/plain;charset=UTF-8' };
  for (const [name, value] of Object.entries(asObject(result['headers']))) {
    headers[name.toLowerCase()] = asText(value) ?? '';
  }
  const cookies = asArray(result['cookies']).map(String);
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  const body = Buffer.from(asText(result['body']) ?? '', result['isBase64Encoded'] === true ? 'base64' : 'utf8');
  return { status, headers, body };
}

/** The HTTP answer for a function's result; a result without status code is a JSON body. */
export function answerFor(result: unknown): HttpAnswer {
  const status = isObject(result) ? asNumber(result['statusCode']) : undefined;
  if (isObject(result) && status !== undefined) return structured(result, status);
  const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
}

/** API Gateway's own answer, such as 404 `{"message":"Not Found"}`. */
export function gatewayAnswer(status: number, message: string): HttpAnswer {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { 'content-type': 'application/json' }, body };
}
