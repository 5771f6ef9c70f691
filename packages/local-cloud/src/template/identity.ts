/** The values of `Ref` and `Fn::GetAtt` of a resource on one machine: names, ARNs and loopback addresses. */
import { createHash } from 'node:crypto';
import type { Resource } from './assembly.ts';
import type { JsonObject } from './json.ts';

/** The addresses of the embedded services, for all addresses in a resolved template. */
export interface Place {
  region: string;
  account: string;
  queueOrigin: string;
  apiOrigin: string;
  siteOrigin: string;
}

/** The value of `Ref` and the values of `Fn::GetAtt` of one resource. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

type Maker = (name: string, place: Place, resource: Resource) => Identity;

const nameProperties: Record<string, string> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

const arn = (place: Place, service: string, rest: string): string =>
  `arn:aws:${service}:${place.region}:${place.account}:${rest}`;

const makers: Record<string, Maker> = {
  'AWS::SQS::Queue': (name, place) => {
    const url = `${place.queueOrigin}/${place.account}/${name}`;
    return { ref: url, attributes: { Arn: arn(place, 'sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::DynamoDB::Table': (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'dynamodb', `table/${name}`) },
  }),
  'AWS::S3::Bucket': (name, place) => ({
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${place.region}.amazonaws.com`,
    },
  }),
  'AWS::Lambda::Function': (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'lambda', `function:${name}`) },
  }),
  'AWS::SecretsManager::Secret': (name, place) => {
    const id = arn(place, 'secretsmanager', `secret:${name}-${digest(name, 6)}`);
    return { ref: id, attributes: { Id: id } };
  },
  'AWS::StepFunctions::StateMachine': (name, place) => {
    const id = arn(place, 'states', `stateMachine:${name}`);
    return { ref: id, attributes: { Arn: id, Name: name } };
  },
  'AWS::Events::EventBus': (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'events', `event-bus/${name}`), Name: name },
  }),
  'AWS::Events::Rule': (name, place, resource) => {
    const bus = resource.properties['EventBusName'];
    const id = typeof bus === 'string' && bus !== 'default' ? `${bus}/${name}` : name;
    return { ref: name, attributes: { Arn: arn(place, 'events', `rule/${id}`) } };
  },
  'AWS::Scheduler::Schedule': (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'scheduler', `schedule/default/${name}`) },
  }),
  'AWS::IAM::Role': (name, place) => ({
    ref: name,
    attributes: { Arn: `arn:aws:iam::${place.account}:role/${name}`, RoleId: digest(name, 20) },
  }),
  'AWS::IAM::ManagedPolicy': (name, place) => ({
    ref: `arn:aws:iam::${place.account}:policy/${name}`,
    attributes: {},
  }),
  'AWS::KMS::Key': (name, place) => {
    const id = digest(name, 32);
    return { ref: id, attributes: { Arn: arn(place, 'kms', `key/${id}`), KeyId: id } };
  },
  'AWS::Logs::LogGroup': (name, place) => ({
    ref: name,
    attributes: { Arn: arn(place, 'logs', `log-group:${name}:*`) },
  }),
  'AWS::SNS::Topic': (name, place) => {
    const id = arn(place, 'sns', name);
    return { ref: id, attributes: { TopicArn: id, TopicName: name } };
  },
  'AWS::ApiGatewayV2::Api': (name, place) => {
    const id = digest(name, 10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: place.apiOrigin } };
  },
  'AWS::ApiGatewayV2::Stage': (_, __, resource) => ({ ref: String(resource.properties['StageName']), attributes: {} }),
  'AWS::CloudFront::Distribution': (name, place) => {
    const id = `E${digest(name, 13).toUpperCase()}`;
    return { ref: id, attributes: { Id: id, DomainName: new URL(place.siteOrigin).host } };
  },
};
makers['AWS::DynamoDB::GlobalTable'] = makers['AWS::DynamoDB::Table'] as Maker;

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

function derivedName(resource: Resource): string {
  const bucket = resource.type === 'AWS::S3::Bucket';
  const longest = bucket ? 63 : 64;
  const plain = `${resource.stack}-${resource.id}`.replaceAll(/[^A-Za-z0-9-]/g, '-');
  const name = plain.length <= longest ? plain : `${plain.slice(0, longest - 9)}-${digest(plain, 8)}`;
  return bucket ? name.toLowerCase() : name;
}

/** The physical name: the template's own, or one derived from stack and logical id that never changes between runs. */
export function physicalName(resource: Resource, resolved: JsonObject): string {
  const property = nameProperties[resource.type];
  const given = property === undefined ? undefined : resolved[property];
  return typeof given === 'string' && given !== '' ? given : derivedName(resource);
}

/** The property that holds a resource's name, if its type has one. */
export function nameProperty(type: string): string | undefined {
  return nameProperties[type];
}

/** Identity of a resource under its physical name; resources that exist only in AWS get an identity without function. */
export function identify(resource: Resource, name: string, place: Place): Identity {
  const maker = makers[resource.type];
  if (maker) return maker(name, place, resource);
  const service = resource.type.split('::')[1]?.toLowerCase() ?? 'unknown';
  return { ref: name, attributes: { Arn: arn(place, service, name), Id: name, Name: name } };
}
