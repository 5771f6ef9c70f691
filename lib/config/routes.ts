/**
 * All routes of the HTTP API. The trigger, the gateway's construct and the OpenAPI document read this table. Each
 * route is implemented in functions/trigger/operations under the same operation id.
 */
import type { Scope } from '../sources/api-tokens.ts';

export interface Route {
  method: 'GET' | 'POST' | 'OPTIONS';
  path: `/v1/${string}`;
  /** The scope that the caller's token needs. Without a scope, the operation is public or has its own authentication. */
  scope?: Scope;
}

export const routes = {
  issue: { method: 'POST', path: '/v1/issuances', scope: 'issue' },
  list: { method: 'GET', path: '/v1/issuances', scope: 'read' },
  /** The source signs the event. */
  receive: { method: 'POST', path: '/v1/events/{source}' },
  /** For senders that can prove themselves only by a secret in the address. */
  receiveByToken: { method: 'POST', path: '/v1/events/{source}/{token}' },
  /** Before it sends events, a sender checks that the endpoint expects them. */
  challenge: { method: 'GET', path: '/v1/events/{source}' },
  challengeByToken: { method: 'GET', path: '/v1/events/{source}/{token}' },
  allowOrigin: { method: 'OPTIONS', path: '/v1/events/{source}' },
  allowOriginByToken: { method: 'OPTIONS', path: '/v1/events/{source}/{token}' },
  show: { method: 'GET', path: '/v1/issuances/{id}', scope: 'read' },
  retry: { method: 'POST', path: '/v1/issuances/{id}/retry', scope: 'operate' },
  health: { method: 'GET', path: '/v1/health' },
  openapi: { method: 'GET', path: '/v1/openapi.json' },
} as const satisfies Record<string, Route>;

export type OperationId = keyof typeof routes;

/** Operations for which the caller needs a token. */
export type AuthorizedOperationId = {
  [Id in OperationId]: (typeof routes)[Id] extends { scope: Scope } ? Id : never;
}[OperationId];

export const operationIds = Object.keys(routes) as OperationId[];

/** The name of a route at API Gateway: `GET /v1/issuances/{id}`. */
export function routeKeyOf({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`;
}

/** The methods that a route answers: every GET also as HEAD, with the same headers and without a body (RFC 9110, 9.3.2). */
export function methodsOf({ method }: Route): readonly (Route['method'] | 'HEAD')[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/** The names of the parameters in a route's path. */
export function parametersOf({ path }: Route): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
