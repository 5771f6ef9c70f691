/** Services of AWS that never answer, stop in the middle, or let nobody in: every client of ours gives up and tries again. */
import { readdirSync, readFileSync } from 'node:fs';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { functionNames } from '../../cdk/bundle.ts';
import { clientSettings, longestCallMs } from '../../lib/aws/client-settings.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { timingsOf } from '../../lib/config/timings.ts';
import { closedDoor, type SilentServer, silentServer } from '../fakes/silent-servers.ts';
import { functionOf, templatesOf } from '../infrastructure/synthesized.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Far longer than a call may take on a busy machine, far shorter than a test. */
const patienceMs = 120_000;

type Call = (endpoint: string) => Promise<unknown>;

const settings = (endpoint: string) => ({ ...clientSettings, endpoint, region: 'eu-west-1', credentials });

/** A call of each client that a function has. */
const calls: [string, Call][] = [
  [
    'DynamoDB',
    (endpoint) =>
      new DynamoDBClient(settings(endpoint)).send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } })),
  ],
  [
    'SQS',
    (endpoint) =>
      new SQSClient(settings(endpoint)).send(new SendMessageCommand({ QueueUrl: `${endpoint}/0/q`, MessageBody: 'm' })),
  ],
  [
    'Secrets Manager',
    (endpoint) => new SecretsManagerClient(settings(endpoint)).send(new GetSecretValueCommand({ SecretId: 's' })),
  ],
  [
    'Step Functions',
    (endpoint) =>
      new SFNClient(settings(endpoint)).send(
        new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:m' }),
      ),
  ],
  [
    'EventBridge',
    (endpoint) =>
      new EventBridgeClient(settings(endpoint)).send(
        new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] }),
      ),
  ],
  [
    'S3',
    (endpoint) =>
      new S3Client({ ...settings(endpoint), forcePathStyle: true }).send(
        new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: '{}' }),
      ),
  ],
  [
    'CloudFront',
    (endpoint) =>
      new CloudFrontClient(settings(endpoint)).send(
        new CreateInvalidationCommand({
          DistributionId: 'd',
          InvalidationBatch: { CallerReference: 'c', Paths: { Quantity: 1, Items: ['/'] } },
        }),
      ),
  ],
];

/** How a call ends at a server: the name of its error, or that it did not end. */
async function endOf(call: Call, server: SilentServer): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('did not end'), patienceMs);
  });
  const ended = call(server.endpoint).then(
    () => 'answered',
    (error: Error) => error.name,
  );
  const end = await Promise.race([ended, never]);
  clearTimeout(timer);
  await server.close();
  return end;
}

describe.concurrent('fault 54: a service of AWS', () => {
  test.each(calls)('%s takes the request and never answers: given up, four times', async (_name, call) => {
    const server = await silentServer();
    expect([await endOf(call, server), server.requests]).toEqual(['TimeoutError', 4]);
  });

  test.each(calls)('%s lets nobody in: given up', async (_name, call) => {
    expect(await endOf(call, await closedDoor())).toBe('TimeoutError');
  });

  test.each(calls)('%s begins an answer and stops: given up', async (_name, call) => {
    const server = await silentServer((response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': 1000 });
      response.write('{');
    });
    expect(await endOf(call, server)).not.toMatch(/answered|did not end/);
  });
});

describe('fault 54: the time-outs', () => {
  test.each(['dev', 'prod', 'local'])('fit into every function of %s', (name) => {
    const { functionSeconds } = timingsOf(loadEnvironment(name).limits);
    expect(longestCallMs).toBeLessThan(1000 * functionSeconds);
  });

  test('fit into the shortest functions there can be', () => {
    expect(longestCallMs).toBeLessThan(1000 * timingsOf({ providerCallSeconds: 1 }).functionSeconds);
  });

  test('fit into the functions of the template', () => {
    const { stateless } = templatesOf();
    for (const name of functionNames) {
      expect(1000 * functionOf(stateless, name).Properties['Timeout']).toBeGreaterThan(longestCallMs);
    }
  });

  test('are given to every client that a function makes', () => {
    const sources = ['lib', 'functions'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
    );
    const made = sources.flatMap((text) => [...text.matchAll(/new \w+Client\(([^)]*)\)/g)].map(([, given]) => given));
    expect(made.length).toBeGreaterThanOrEqual(11);
    expect(new Set(made)).toEqual(new Set(['clientSettings', '{ ...clientSettings, ...more }']));
  });
});
