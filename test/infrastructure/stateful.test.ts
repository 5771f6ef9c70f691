/** The properties of what holds data: encrypted, recoverable, closed to the public. What is kept: kept.test.ts. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { maxMessageBytes } from '../../lib/aws/dead-letter-attributes.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { stateful, stateless } = templatesOf();

const denyPlainHttp = {
  PolicyDocument: {
    Statement: Match.arrayWith([
      Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]),
  },
};

describe('the stacks', () => {
  test('need no function or resource of CDK’s own', () => {
    for (const template of [stateful, stateless]) {
      const types = Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>);
      expect(types.filter(({ Type }) => Type.startsWith('Custom::') || Type.includes('CustomResource'))).toEqual([]);
    }
    stateful.resourceCountIs('AWS::Lambda::Function', 0);
  });
});

describe('the table', () => {
  test('is on demand, recoverable to a point in time, protected, encrypted with our key', () => {
    stateful.hasResourceProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-status',
          KeySchema: [
            { AttributeName: 'statusShard', KeyType: 'HASH' },
            { AttributeName: 'due', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['source'] },
        },
      ],
      StreamSpecification: Match.absent(),
      TimeToLiveSpecification: Match.absent(),
    });
    stateful.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });
});

describe('the queues', () => {
  test('keep messages for 14 days, encrypted, and take them over TLS only', () => {
    for (const [, { Properties }] of resourcesOf(stateful, 'AWS::SQS::Queue')) {
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
      // What fits into the queue fits into the dead-letter queue.
      expect(Properties).toMatchObject({ MaximumMessageSize: maxMessageBytes });
    }
    stateful.resourcePropertiesCountIs('AWS::SQS::QueuePolicy', denyPlainHttp, 2);
  });

  test('a message is dead only after ten receives', () => {
    stateful.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: Match.objectLike({ maxReceiveCount: 10 }) });
  });
});

describe('the secrets', () => {
  test('are encrypted with our key', () => {
    const secrets = resourcesOf(stateful, 'AWS::SecretsManager::Secret').map(([, { Properties }]) => Properties);
    for (const secret of secrets) expect(JSON.stringify(secret['KmsKeyId'])).toContain('EncryptionKey');
  });

  test('fault 67: the pseudonym key, and no other, has a copy in the region of the backup', () => {
    const copied = (environment: Parameters<typeof templatesOf>[0]) =>
      resourcesOf(templatesOf(environment).stateful, 'AWS::SecretsManager::Secret')
        .filter(([, { Properties }]) => Properties['ReplicaRegions'] !== undefined)
        .map(([id, { Properties }]) => [id, Properties['ReplicaRegions']]);
    const dev = loadEnvironment('dev');
    expect(copied(dev)).toEqual([]);
    const copies = [['SecretsPseudonymKey30911634', [{ Region: 'eu-central-1' }]]];
    expect(copied({ ...dev, backupRegion: 'eu-central-1' })).toEqual(copies);
    expect(copied(loadEnvironment('prod'))).toEqual(copies);
  });
});

describe('the key set', () => {
  test('lies in closed buckets that speak TLS only', () => {
    for (const [, { Properties }] of resourcesOf(stateful, 'AWS::S3::Bucket')) {
      expect(Object.values(Properties['PublicAccessBlockConfiguration'])).toEqual([true, true, true, true]);
    }
    stateful.resourcePropertiesCountIs('AWS::S3::BucketPolicy', denyPlainHttp, 2);
    stateful.hasResourceProperties('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } });
  });

  test('fault 25: is read by one distribution only, over HTTPS, and cached for five minutes at most', () => {
    stateful.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: Match.objectLike({ SigningBehavior: 'always', SigningProtocol: 'sigv4' }),
    });
    stateful.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: Match.objectLike({
        DefaultCacheBehavior: Match.objectLike({
          ViewerProtocolPolicy: 'https-only',
          ResponseHeadersPolicyId: Match.anyValue(),
        }),
        Logging: Match.anyValue(),
      }),
    });
    stateful.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: Match.objectLike({ MinTTL: 0, MaxTTL: 300 }),
    });
  });
});

describe('outputs', () => {
  test('tell an operator where everything is', () => {
    const stated = [...Object.entries(stateful.findOutputs('*')), ...Object.entries(stateless.findOutputs('*'))];
    const names = stated.filter(([, output]) => output['Export'] === undefined).map(([name]) => name);
    expect(names.sort()).toEqual([
      'ApiTokensSecretArn',
      'ApiUrl',
      'DeadLetterQueueUrl',
      'EventBusName',
      'JwksUrl',
      'ProviderAccountsSecretArn',
      'PseudonymKeySecretArn',
      'QueueUrl',
      'SigningKeysSecretArn',
      'SourceSecretsSecretArn',
      'StateMachineArn',
      'TableName',
    ]);
  });
});
