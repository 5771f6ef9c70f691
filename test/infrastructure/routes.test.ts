/** The trigger, the gateway and the OpenAPI document have the routes of the table: every one, and no other. */
import { expect, test } from 'vitest';
import { trigger } from '../../functions/trigger/handler.ts';
import { methodsOf, operationIds, parametersOf, type Route, routeKeyOf, routes } from '../../lib/config/routes.ts';
import { openapiDocument } from '../../tools/documents/openapi/document.ts';
import { gatewayEvent } from '../fakes/gateway.ts';
import { World } from '../fakes/world.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const inTable = operationIds
  .flatMap((id) => methodsOf(routes[id]).map((method) => routeKeyOf({ method, path: routes[id].path })))
  .toSorted();
const document: {
  paths: Record<
    string,
    Record<string, { operationId: string; security: unknown[]; parameters?: { in: string; name: string }[] }>
  >;
} = JSON.parse(openapiDocument());

/** Answers without a token, a body or anything else. */
function bareAnswer({ method, path }: Route) {
  const none = async () => ({ text: '{"tokens":[]}' });
  const noSecrets = async () => ({ text: '{}' });
  return trigger(gatewayEvent({ method, path: path.replaceAll(/\{\w+\}/g, 'x'), headers: {} }), {
    ...new World().ports(),
    apiDocument: () => '{}',
    apiTokens: { read: none, refresh: none },
    sources: {},
    sourceSecrets: { read: noSecrets, refresh: noSecrets },
  });
}

test('the gateway has the routes of the table', () => {
  const found = resourcesOf(templatesOf().stateless, 'AWS::ApiGatewayV2::Route').map(
    ([, { Properties }]) => Properties['RouteKey'],
  );
  expect(found.toSorted()).toEqual(['$default', ...inTable]);
});

test('the OpenAPI document has the routes of the table, with their parameters and scopes', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      key: `${method.toUpperCase()} ${path}`,
      id: operation.operationId,
      secured: operation.security.length > 0,
      inPath: (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name),
    })),
  );
  expect(described.map(({ key }) => key).toSorted()).toEqual(inTable);
  for (const { key, id, secured, inPath } of described) {
    const route = operationIds
      .map((each): Route & { id: string } => ({ ...routes[each], id: each }))
      .find((each) => each.id === id || `head${each.id.charAt(0).toUpperCase()}${each.id.slice(1)}` === id);
    const keys = route && methodsOf(route).map((method) => routeKeyOf({ method, path: route.path }));
    expect(keys).toContain(key);
    expect(route && [route.scope !== undefined, parametersOf(route)]).toEqual([secured, inPath]);
  }
});

test.each(operationIds)('the trigger answers %s, and only with a token when the route has a scope', async (id) => {
  const route: Route = routes[id];
  const { statusCode = 0, body = '' } = await bareAnswer(route);
  if (route.scope === undefined) expect(JSON.parse(body).code).not.toBe('unauthorized');
  else expect(statusCode).toBe(401);
  expect(statusCode).not.toBe(404);
});
