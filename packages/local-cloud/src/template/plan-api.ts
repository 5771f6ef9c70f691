/** Reads the HTTP API: its routes and the function behind each. */
import { functionName } from './function-name.ts';
import type { Reading } from './reading.ts';

/** One route; method `ANY` and path `$default` match everything. */
export interface RoutePlan {
  key: string;
  method: string;
  path: string;
  functionName: string;
}

/** The HTTP API of the assembly. */
export interface ApiPlan {
  id: string;
  routes: RoutePlan[];
}

function integrationFunction(reading: Reading): string {
  reading.expect('IntegrationType', 'AWS_PROXY');
  if (reading.properties['PayloadFormatVersion'] !== '2.0')
    throw reading.refuse('only payload format 2.0 runs locally');
  const uri = reading.text('IntegrationUri');
  if (!uri.includes(':lambda:')) throw reading.refuse('only functions can be behind a route locally');
  return functionName(uri);
}

function readRoute(reading: Reading, integrations: Map<string, string>): RoutePlan {
  reading.expect('AuthorizationType', 'NONE');
  const key = reading.text('RouteKey');
  const [method = '', path = ''] = key === '$default' ? ['ANY', '$default'] : key.split(' ');
  const target = integrations.get(reading.text('Target').replace('integrations/', ''));
  if (!target) throw reading.refuse('its target is no integration of the assembly');
  return { key, method, path, functionName: target };
}

/** Reads the one HTTP API of the assembly, if there is one; WebSocket APIs, CORS rules and authorizers are refused. */
export function readApi(readings: Reading[]): ApiPlan | undefined {
  const of = (type: string): Reading[] => readings.filter((one) => one.resource.type === `AWS::ApiGatewayV2::${type}`);
  const [api, second] = of('Api');
  if (second) throw second.refuse('only one HTTP API runs locally');
  if (!api) return undefined;
  api.expect('ProtocolType', 'HTTP');
  for (const stage of of('Stage')) {
    stage.expect('StageName', '$default');
    stage.expect('AutoDeploy', true);
  }
  const integrations = new Map(of('Integration').map((one) => [one.identity.ref, integrationFunction(one)]));
  return { id: api.identity.ref, routes: of('Route').map((route) => readRoute(route, integrations)) };
}
