/** The HTTP API: routes to the trigger, throttling, access logs without personal data. */
import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { DomainName, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { methodsOf, routes } from '../../lib/config/routes.ts';
import type { Deployment } from '../deployment.ts';
import { partName } from '../names.ts';
import { addAlarm } from './alarm.ts';
import { EncryptedLogGroup } from './encrypted-log-group.ts';
import { OwnAddress } from './own-address.ts';

// No address, user agent, path or query: the access log describes the API, not its users.
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  errorType: '$context.error.responseType',
};

/** The API of an environment. */
export class Api extends Construct {
  readonly api: HttpApi;
  readonly url: string;
  /** The address to which a person has to point the name of one's own, if there is no hosted zone. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, deployment: Deployment, trigger: IFunction) {
    super(scope, id);
    // One permission for all routes: every path goes to the trigger.
    const integration = new HttpLambdaIntegration('Trigger', trigger, { scopePermissionToRoute: false });
    this.api = new HttpApi(this, 'Api', {
      apiName: partName(deployment.environment.environment, 'api'),
      description: 'Receives business events and issues credentials for them',
      createDefaultStage: false,
      // All other requests go to the trigger too, so that every error is problem+json.
      defaultIntegration: integration,
    });
    for (const route of Object.values(routes)) {
      const methods = methodsOf(route).map((method) => HttpMethod[method]);
      this.api.addRoutes({ path: route.path, methods, integration });
    }
    const address = OwnAddress.of(this, deployment.environment, 'api');
    const domainName =
      address && new DomainName(this, 'Domain', { domainName: address.name, certificate: address.certificate });
    const stage = this.createStage(deployment, domainName);
    this.url = address ? `https://${address.name}/` : stage.url;
    if (domainName) {
      const { regionalDomainName, regionalHostedZoneId } = domainName;
      address?.pointTo(new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId));
    }
    this.domainTarget = address?.hasZone === false ? domainName?.regionalDomainName : undefined;
    this.explainAuthorization();
    addAlarm(this, 'ServerErrorsAlarm', {
      deployment,
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      says: 'The API answered with 5xx',
      runbook: 'api-errors',
    });
  }

  private createStage(deployment: Deployment, domainName: DomainName | undefined): HttpStage {
    const { limits } = deployment.environment;
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      ...(domainName && { domainMapping: { domainName } }),
      detailedMetricsEnabled: true,
      throttle: { rateLimit: limits.apiRequestsPerSecond, burstLimit: limits.apiBurst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new EncryptedLogGroup(this, 'Logs', { deployment, name: 'api-access' }).logGroup,
        ),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }

  private explainAuthorization(): void {
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The trigger itself checks the bearer token, or a webhook’s signature, against Secrets Manager, before anything else.',
    });
  }
}
