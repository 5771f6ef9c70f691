/** Calls to a running cloud: every service refuses in its own form, and every part acts under its own permissions. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '../../src/cloud.ts';
import { asArray, asObject, type JsonObject } from '../../src/template/json.ts';
import { clientsFor, until, workplace } from '../fixtures/running.ts';

const work = workplace();
afterAll(() => work.remove());
let number = 0;

function newPath(name: string): string {
  number += 1;
  return work.path(`${name}-${number}`);
}

/** The fixture with changed policies, in a copy. */
function changed(change: (statement: JsonObject) => JsonObject | undefined, types = ['AWS::IAM::Policy']): string {
  const assemblyDir = newPath('assembly');
  cpSync(work.assemblyDir, assemblyDir, { recursive: true });
  for (const name of ['Stateful', 'Stateless']) {
    const file = join(assemblyDir, `${name}.template.json`);
    const template = asObject(JSON.parse(readFileSync(file, 'utf8')));
    for (const resource of Object.values(asObject(template['Resources'])).map(asObject)) {
      const document = asObject(asObject(resource['Properties'])['PolicyDocument']);
      if (!types.includes(String(resource['Type']))) continue;
      const statements = asArray(document['Statement']).map((one) => change(asObject(one)));
      document['Statement'] = statements.filter((one) => one !== undefined);
    }
    writeFileSync(file, JSON.stringify(template));
  }
  return assemblyDir;
}

/** The fixture without one action, whose resources are named so. */
const withoutAction = (action: string): string =>
  changed((one) => {
    const rest = [one['Action']].flat().filter((other) => other !== action);
    return rest.length > 0 ? { ...one, Action: rest } : undefined;
  });

async function run(assemblyDir: string, test: (cloud: Cloud, log: string[]) => Promise<void>, identities = {}) {
  const log: string[] = [];
  const stateDir = newPath('state');
  const cloud = await startCloud({
    assemblyDir,
    stateDir,
    identities: () => identities,
    onLog: (line) => log.push(line),
  });
  try {
    await test(cloud, log);
  } finally {
    await cloud.stop();
  }
}

describe('a call that is not allowed', () => {
  it('is refused by each service as the SDK expects it', async () => {
    const nothing = { Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' };
    await run(
      work.assemblyDir,
      async (cloud, log) => {
        const { table, queue, bucket, secrets, steps, bus } = clientsFor(cloud.endpoints, 'restricted');
        const TableName = cloud.plan.tables[0]?.name;
        const denied = (status: number) => ({ name: 'AccessDeniedException', $metadata: { httpStatusCode: status } });
        const message = (action: string) =>
          expect.stringContaining(`user/restricted is not authorized to perform: ${action}`);
        const read = table.send(new GetItemCommand({ TableName, Key: { pk: { S: 'x' } } }));
        await expect(read).rejects.toMatchObject({ ...denied(400), message: message('dynamodb:GetItem') });
        const sent = queue.send(new SendMessageCommand({ QueueUrl: cloud.outputs['QueueUrl'], MessageBody: 'x' }));
        await expect(sent).rejects.toMatchObject({
          message: message('sqs:SendMessage'),
          $metadata: { httpStatusCode: 403 },
        });
        const object = bucket.send(new GetObjectCommand({ Bucket: cloud.plan.buckets[0], Key: 'k' }));
        await expect(object).rejects.toMatchObject({ name: 'AccessDenied', message: message('s3:GetObject') });
        const secret = secrets.send(new GetSecretValueCommand({ SecretId: cloud.plan.secrets[0]?.arn }));
        await expect(secret).rejects.toMatchObject({
          ...denied(400),
          message: message('secretsmanager:GetSecretValue'),
        });
        const started = steps.send(new StartExecutionCommand({ stateMachineArn: cloud.plan.machines[0]?.arn }));
        await expect(started).rejects.toMatchObject({ ...denied(400), message: message('states:StartExecution') });
        const entry = { Source: 's', DetailType: 'd', Detail: '{}', EventBusName: cloud.plan.buses[0] };
        const put = bus.send(new PutEventsCommand({ Entries: [entry] }));
        await expect(put).rejects.toMatchObject({ ...denied(400), message: message('events:PutEvents') });
        const cdn = new CloudFrontClient({
          endpoint: cloud.endpoints.services,
          region: 'us-east-1',
          credentials: { accessKeyId: 'restricted', secretAccessKey: 'x' },
          maxAttempts: 1,
        });
        const batch = { CallerReference: 'r', Paths: { Quantity: 1, Items: ['/*'] } };
        const invalidated = cdn.send(
          new CreateInvalidationCommand({ DistributionId: cloud.plan.site?.distributionId, InvalidationBatch: batch }),
        );
        await expect(invalidated).rejects.toMatchObject({
          name: 'AccessDenied',
          message: message('cloudfront:CreateInvalidation'),
        });
        expect(log).toHaveLength(7);
      },
      { restricted: { Version: '2012-10-17', Statement: [nothing] } },
    );
  });

  it('is refused without a signature', async () => {
    await run(work.assemblyDir, async (cloud, log) => {
      const answer = await fetch(`${cloud.endpoints.messages}/${cloud.plan.buckets[0]}/.well-known/jwks.json`);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
      expect(log[0]).toContain('a caller without a signature may not s3:GetObject');
    });
  });
});

describe('a part without its permission', () => {
  it('a function: its call fails, and so does the execution that waits for it', async () => {
    await run(withoutAction('events:PutEvents'), async (cloud, log) => {
      const { steps } = clientsFor(cloud.endpoints);
      const input = JSON.stringify({ id: 'one' });
      const { executionArn } = await steps.send(
        new StartExecutionCommand({ stateMachineArn: cloud.plan.machines[0]?.arn, input }),
      );
      const described = await until('the execution ends', async () => {
        const now = await steps.send(new DescribeExecutionCommand({ executionArn }));
        return now.status !== 'RUNNING' && now;
      });
      expect(described).toMatchObject({ status: 'FAILED', error: 'AccessDeniedException' });
      expect(log).toEqual([expect.stringMatching(/poller\w+, under its role \S+, may not events:PutEvents/)]);
    });
  });

  it('a queue’s reader, the state machine, the site and the rotation', async () => {
    const lost = ['sqs:ReceiveMessage', 'lambda:InvokeFunction', 'cloudfront:CreateInvalidation'];
    const without = (one: JsonObject) => {
      const rest = [one['Action']].flat().filter((action) => !lost.includes(String(action)));
      return rest.length > 0 && one['Action'] !== 's3:GetObject' ? { ...one, Action: rest } : undefined;
    };
    await run(changed(without, ['AWS::IAM::Policy', 'AWS::S3::BucketPolicy']), async (cloud, log) => {
      const { steps } = clientsFor(cloud.endpoints);
      await steps.send(
        new StartExecutionCommand({ stateMachineArn: cloud.plan.machines[0]?.arn, input: '{"id":"x"}' }),
      );
      expect((await fetch(`${cloud.siteUrl}/.well-known/jwks.json`)).status).toBe(403);
      const expected = [
        /rotate\w+, under its role \S+, may not cloudfront:CreateInvalidation/,
        /worker\w+, under its role \S+, may not sqs:ReceiveMessage/,
        /Poller\w+, under its role \S+, may not lambda:InvokeFunction/,
        /cloudfront.amazonaws.com may not s3:GetObject/,
      ];
      await until('all are refused', async () => expected.every((one) => log.some((line) => one.test(line))));
    });
  });

  it('API and schedule: the function’s own policy decides', async () => {
    const assemblyDir = newPath('assembly');
    cpSync(work.assemblyDir, assemblyDir, { recursive: true });
    const file = join(assemblyDir, 'Stateless.template.json');
    const template = asObject(JSON.parse(readFileSync(file, 'utf8')));
    const resources = Object.entries(asObject(template['Resources']));
    const kept = resources.filter(([, one]) => {
      const { Type, Properties } = asObject(one);
      return Type !== 'AWS::Lambda::Permission' || asObject(Properties)['Principal'] === 'secretsmanager.amazonaws.com';
    });
    writeFileSync(file, JSON.stringify({ ...template, Resources: Object.fromEntries(kept) }));
    await run(assemblyDir, async (cloud, log) => {
      expect((await fetch(`${cloud.apiUrl}/entries`, { method: 'POST', body: '{}' })).status).toBe(500);
      await expect(cloud.runSchedule('Schedule')).rejects.toThrow('events.amazonaws.com is not authorized');
      expect(log).toEqual([
        expect.stringMatching(/apigateway.amazonaws.com may not lambda:InvokeFunction/),
        expect.stringMatching(/events.amazonaws.com may not lambda:InvokeFunction/),
      ]);
    });
  });
});
