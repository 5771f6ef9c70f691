/** The HTTP API: routes, throttling, what its access log holds. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { stateless } = templatesOf();
const { limits } = loadEnvironment('dev');

describe('the API', () => {
  test('leads its routes, and everything else, to the trigger', () => {
    // Which routes there are is in routes.test.ts.
    stateless.resourceCountIs('AWS::ApiGatewayV2::Integration', 1);
    stateless.hasResourceProperties('AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '2.0' });
  });

  test('is throttled as the environment says', () => {
    stateless.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: {
        ThrottlingRateLimit: limits.apiRequestsPerSecond,
        ThrottlingBurstLimit: limits.apiBurst,
      },
    });
  });

  test('logs no address, path, query or user agent', () => {
    const [stage] = resourcesOf(stateless, 'AWS::ApiGatewayV2::Stage');
    const fields = Object.values(JSON.parse(stage?.[1].Properties['AccessLogSettings'].Format));
    expect(fields).toContain('$context.routeKey');
    for (const personal of ['identity', 'path', 'resourcePath', 'queryString', 'domain', 'authorizer']) {
      expect(fields.filter((field) => String(field).includes(`$context.${personal}`))).toEqual([]);
    }
  });
});
