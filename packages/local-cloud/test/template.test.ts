/** What of a template runs locally, and that everything else stops the run with the resource's name. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Assembly, loadAssembly, type Resource } from '../src/template/assembly.ts';
import { type Plan, readPlan } from '../src/template/plan.ts';
import { workplace } from './fixtures/running.ts';

const work = workplace();
const place = {
  region: 'us-east-1',
  account: '000000000000',
  queueOrigin: 'http://127.0.0.1:1001',
  apiOrigin: 'http://127.0.0.1:1002',
  siteOrigin: 'http://127.0.0.1:1003',
};
let assembly: Assembly;

beforeEach(() => {
  assembly = loadAssembly(work.assemblyDir);
});
afterAll(() => work.remove());

const plan = (): Plan => readPlan(assembly, place);

function change(type: string, properties: object): void {
  for (const stack of assembly.stacks.values()) {
    for (const resource of stack.resources.values()) {
      if (resource.type === type) Object.assign(resource.properties, properties);
    }
  }
}

function add(resource: Partial<Resource>): void {
  const made = { stack: 'Stateless', id: 'Added', type: '', properties: {}, condition: undefined, ...resource };
  assembly.stacks.get('Stateless')?.resources.set(made.id, made);
}

describe('a template that is understood', () => {
  it('gives loopback addresses to API, JWKS and queue', () => {
    expect(plan().outputs).toEqual({
      ApiUrl: 'http://127.0.0.1:1002/',
      JwksUrl: 'http://127.0.0.1:1003/.well-known/jwks.json',
      QueueUrl: 'http://127.0.0.1:1001/000000000000/fixture-entries',
    });
  });

  it('resolves references between stacks', () => {
    const { functions, tables, machines, mappings, rotations, secrets } = plan();
    const worker = functions.find((one) => one.name.includes('worker'));
    expect(worker?.environment).toEqual({ TABLE_NAME: tables[0]?.name, MACHINE_ARN: machines[0]?.arn });
    expect(mappings[0]).toMatchObject({
      functionName: worker?.name,
      batchSize: 10,
      concurrency: 2,
      partialFailures: true,
    });
    expect(rotations[0]?.secretArn).toBe(secrets[0]?.arn);
  });

  it('derives the same names at every reading', () => {
    const again = readPlan(loadAssembly(work.assemblyDir), place);
    expect(again).toEqual(plan());
  });

  it('says of each resource it leaves out why', () => {
    const types = Object.fromEntries(plan().leftOut.map((one) => [one.type, one.reason]));
    expect(types['AWS::CloudFront::OriginAccessControl']).toContain('edge');
    expect(Object.keys(types).filter((type) => /IAM|KMS|Logs/.test(type))).toEqual([]);
  });

  it('skips resources whose condition does not hold', () => {
    const stack = assembly.stacks.get('Stateless');
    if (stack) stack.template['Conditions'] = { Elsewhere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mars-1'] } };
    add({ type: 'AWS::SQS::Queue', condition: 'Elsewhere' });
    expect(plan().queues.map((queue) => queue.name)).not.toContain('Stateless-Added');
  });

  it.each([
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
      { 'Fn::Sub': ['${A}-${AWS::Region}-${!B}', { A: { 'Fn::Select': [1, { 'Fn::Split': ['/', 'x/y'] }] } }] },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
      'y-us-east-1-${B}',
    ],
    [
      { 'Fn::Join': ['.', [{ Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }]] },
      '000000000000.aws.amazonaws.com',
    ],
    [
      { 'Fn::GetStackOutput': { StackName: 'Stateful', OutputName: 'QueueUrl' } },
      'http://127.0.0.1:1001/000000000000/fixture-entries',
    ],
  ])('resolves %j', (value, expected) => {
    change('AWS::Lambda::Function', { Environment: { Variables: { VALUE: value, GONE: { Ref: 'AWS::NoValue' } } } });
    expect(plan().functions[0]?.environment).toEqual({ VALUE: expected });
  });
});

describe('an EXPRESS state machine', () => {
  it.each([
    [undefined, 300],
    [200, 200],
    [7200, 300],
  ])('with a limit of %s seconds ends after %i', (given, limit) => {
    const States = { End: { Type: 'Succeed' } };
    const definition = { StartAt: 'End', States, ...(given && { TimeoutSeconds: given }) };
    change('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'EXPRESS',
      DefinitionString: JSON.stringify(definition),
    });
    expect(plan().machines[0]).toMatchObject({ type: 'EXPRESS', definition: { TimeoutSeconds: limit } });
  });
});

describe('a template that is not understood', () => {
  it('stops at an unknown type, with stack, logical id and type', () => {
    add({ type: 'AWS::Kinesis::Stream' });
    expect(plan).toThrow('Stateless/Added (AWS::Kinesis::Stream)');
  });

  it.each([
    ['AWS::SQS::Queue', { FifoQueue: true }, 'FifoQueue'],
    [
      'AWS::DynamoDB::Table',
      { TimeToLiveSpecification: { Enabled: true, AttributeName: 'x' } },
      'TimeToLiveSpecification',
    ],
    ['AWS::DynamoDB::Table', { StreamSpecification: {} }, 'StreamSpecification'],
    ['AWS::DynamoDB::Table', { LocalSecondaryIndexes: [] }, 'LocalSecondaryIndexes'],
    ['AWS::DynamoDB::Table', { BillingMode: 'PROVISIONED' }, 'on-demand'],
    ['AWS::Lambda::Function', { VpcConfig: {} }, 'VpcConfig'],
    ['AWS::Lambda::Function', { Layers: [] }, 'Layers'],
    ['AWS::Lambda::Function', { Code: { ZipFile: 'x' } }, 'no asset'],
    ['AWS::Lambda::Function', { Runtime: 'python3.14' }, 'Node.js'],
    ['AWS::Lambda::Function', { Handler: 'other.handler' }, 'no other.js'],
    ['AWS::Lambda::EventSourceMapping', { FilterCriteria: {} }, 'FilterCriteria'],
    ['AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:kinesis:::x' }, 'same assembly'],
    ['AWS::StepFunctions::StateMachine', { StateMachineType: 'FAST' }, 'FAST'],
    ['AWS::StepFunctions::StateMachine', { DefinitionSubstitutions: {} }, 'DefinitionSubstitutions'],
    ['AWS::Events::Rule', { ScheduleExpression: 'cron(0 1 * * ? *)' }, 'cron(0 1'],
    ['AWS::Events::Rule', { EventPattern: {} }, 'EventPattern'],
    ['AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }, 'HTTP'],
    ['AWS::ApiGatewayV2::Api', { CorsConfiguration: {} }, 'CorsConfiguration'],
    ['AWS::ApiGatewayV2::Route', { AuthorizationType: 'JWT' }, 'NONE'],
    ['AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '1.0' }, '2.0'],
    ['AWS::S3::Bucket', { NotificationConfiguration: {} }, 'NotificationConfiguration'],
    ['AWS::SecretsManager::Secret', { Type: 'external' }, 'Type'],
    ['AWS::SecretsManager::RotationSchedule', { HostedRotationLambda: {} }, 'HostedRotationLambda'],
    ['AWS::SQS::Queue', { QueueName: { 'Fn::Cidr': [] } }, 'Fn::Cidr'],
    ['AWS::SQS::Queue', { QueueName: { Ref: 'Nothing' } }, 'nothing called Nothing'],
    ['AWS::SQS::Queue', { QueueName: { 'Fn::ImportValue': 'Nowhere' } }, 'no stack exports Nowhere'],
  ])('stops at %s with %j', (type, properties, named) => {
    change(type, properties);
    expect(plan).toThrow(named);
    expect(plan).toThrow(type);
  });

  it.each([
    [{ QueryLanguage: 'JSONata' }, {}, 'JSONata'],
    [{}, { QueryLanguage: 'JSONata' }, 'QueryLanguage'],
    [{}, { Arguments: {} }, 'Arguments'],
    [{}, { HeartbeatSeconds: 3 }, 'HeartbeatSeconds'],
    [{}, { Resource: 'arn:aws:states:::sqs:sendMessage' }, 'sqs:sendMessage'],
    [{}, { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }, 'waitForTaskToken'],
    [{}, { Parameters: { 'token.$': '$$.Task.Token' } }, '$$.Task.Token'],
  ])('stops at a state machine with %j and a task with %j', (machine, task, named) => {
    const resource = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    const States = { Ask: { Type: 'Task', Resource: resource, End: true, ...task } };
    change('AWS::StepFunctions::StateMachine', {
      DefinitionString: JSON.stringify({ StartAt: 'Ask', States, ...machine }),
    });
    expect(plan).toThrow(named);
  });

  it('stops at a second API and at a distribution of something else than a bucket', () => {
    add({ type: 'AWS::ApiGatewayV2::Api', properties: { ProtocolType: 'HTTP' } });
    expect(plan).toThrow('only one HTTP API');
    assembly = loadAssembly(work.assemblyDir);
    const origin = { DomainName: 'example.com', Id: 'x' };
    change('AWS::CloudFront::Distribution', { DistributionConfig: { Origins: [origin], DefaultCacheBehavior: {} } });
    expect(plan).toThrow('must be a bucket');
  });
});
