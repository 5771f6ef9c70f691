/** Nothing of the stateful stack is lost by accident: what remains, what may be lost and why, and what an update may not touch. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { mayBeLost } from '../../cdk/kept.ts';
import { StatefulStack } from '../../cdk/stacks/stateful.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { type Resource, resourcesOf, synthesizeEmpty, templatesOf } from './synthesized.ts';

interface TypedResource extends Resource {
  Type: string;
}

const { stateful, stateless } = templatesOf();
const resources: Record<string, TypedResource> = stateful.toJSON()['Resources'];
const all = Object.entries(resources);
const keptOnes = all.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');

/** Another logical id would make CloudFormation create an empty resource in place of the one with the data. */
const kept: Record<string, string> = {
  EncryptionKey3A692D6E: 'AWS::KMS::Key',
  EncryptionKeyAlias1DF1C985: 'AWS::KMS::Alias',
  IssuancesTableFBDB649F: 'AWS::DynamoDB::Table',
  QueueDeadLetters9B423CAD: 'AWS::SQS::Queue',
  QueueDeadLettersPolicyA901E219: 'AWS::SQS::QueuePolicy',
  Queue381943A6: 'AWS::SQS::Queue',
  QueuePolicyDB5CAAD1: 'AWS::SQS::QueuePolicy',
  SecretsSigningKeys20695C0E: 'AWS::SecretsManager::Secret',
  SecretsApiTokensA1F0A417: 'AWS::SecretsManager::Secret',
  SecretsProviderAccountsB3FEF5FA: 'AWS::SecretsManager::Secret',
  SecretsSourceSecrets7383B339: 'AWS::SecretsManager::Secret',
  SecretsPseudonymKey30911634: 'AWS::SecretsManager::Secret',
  JwksAccessLogs631FA98E: 'AWS::S3::Bucket',
  JwksAccessLogsPolicyA0C07AF6: 'AWS::S3::BucketPolicy',
  JwksBucketC726DFD5: 'AWS::S3::Bucket',
  JwksBucketPolicy8855BAC6: 'AWS::S3::BucketPolicy',
  JwksShortCacheEBF99908: 'AWS::CloudFront::CachePolicy',
  JwksOriginAccess963FA863: 'AWS::CloudFront::OriginAccessControl',
  JwksDistributionCE47138B: 'AWS::CloudFront::Distribution',
  EventsBus45DE4339: 'AWS::Events::EventBus',
};

/** The names of the exports, which the stateless stacks of earlier versions import. Never remove a line. */
const exported = [
  'FnGetAttEncryptionKey3A692D6EArn94765F1F',
  'FnGetAttEventsBus45DE4339Arn9985A2E4',
  'FnGetAttIssuancesTableFBDB649FArn11E97A7D',
  'FnGetAttJwksBucketC726DFD5ArnED46C00C',
  'FnGetAttJwksDistributionCE47138BDomainName2B06700A',
  'FnGetAttQueue381943A6Arn52FEE949',
  'FnGetAttQueue381943A6QueueName6F40D64D',
  'FnGetAttQueueDeadLetters9B423CADArnE3C4F9FE',
  'FnGetAttQueueDeadLetters9B423CADQueueName1538885A',
  'RefAlarmsTopic3A2DFEBAF01E876B',
  'RefEventsBus45DE4339A4E33DA5',
  'RefIssuancesTableFBDB649F9BF856FA',
  'RefJwksBucketC726DFD59D09EB18',
  'RefJwksDistributionCE47138BC6B2B4EA',
  'RefQueue381943A6E54414F3',
  'RefQueueDeadLetters9B423CAD8E88D2C0',
  'RefSecretsApiTokensA1F0A417BC0873EB',
  'RefSecretsProviderAccountsB3FEF5FA5F6A00EC',
  'RefSecretsPseudonymKey3091163437C5AFB9',
  'RefSecretsSigningKeys20695C0E5330FA04',
  'RefSecretsSourceSecrets7383B339F9C2B0E6',
].map((end) => `issue-on-behalf-dev-stateful:ExportsOutput${end}`);

function exportsOf(template: Template): string[] {
  return Object.values(template.findOutputs('*')).flatMap((output) => output['Export']?.Name ?? []);
}

/** Every import of the template, as often as it is used. */
function importsOf(template: Template): string[] {
  return [...JSON.stringify(template.toJSON()).matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name = '']) => name);
}

describe('fault 67: nothing is lost by accident', () => {
  test('the stateful stack cannot be deleted before its protection is switched off', () => {
    const { assembly } = synthesizeEmpty(loadEnvironment('dev'));
    const protection = assembly.stacks.map(({ stackName, terminationProtection }) => [
      stackName,
      terminationProtection,
    ]);
    expect(Object.fromEntries(protection)).toEqual({
      'issue-on-behalf-dev-stateful': true,
      'issue-on-behalf-dev-stateless': false,
    });
  });

  test('every resource is kept, or may be lost for a stated reason', () => {
    const neither = all.filter(([, { Type, DeletionPolicy, UpdateReplacePolicy }]) => {
      const isKept = DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain';
      return isKept === Object.hasOwn(mayBeLost, Type);
    });
    expect(neither).toEqual([]);
    for (const type of Object.keys(mayBeLost)) expect(resourcesOf(stateful, type)).not.toEqual([]);
  });

  test('what is kept keeps its logical id', () => {
    expect(Object.fromEntries(keptOnes.map(([id, { Type }]) => [id, Type]))).toEqual(kept);
  });

  test('the stateless stack has nothing to keep', () => {
    const held = Object.values(stateless.toJSON()['Resources'] as Record<string, TypedResource>);
    expect(held.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });
});

describe('an update of the stateful stack', () => {
  // Without a stateless stack nothing uses any value: what is exported then is exported whatever is used.
  let alone: Template;
  beforeAll(() => {
    process.env['CDK_VALIDATION'] = 'false';
    const environment = loadEnvironment('dev');
    const props = { environment, env: { region: environment.region }, stackName: 'issue-on-behalf-dev-stateful' };
    alone = Template.fromStack(new StatefulStack(new App(), 'issue-on-behalf-dev-stateful', props));
  });

  test('removes no export, whichever use is taken away', () => {
    const used = [...new Set(importsOf(stateless))];
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((name) => !exportsOf(alone).includes(name))).toEqual([]);
    expect(exportsOf(alone).toSorted()).toEqual(exportsOf(stateful).toSorted());
  });

  test('removes no export that an earlier version imports', () => {
    expect(exportsOf(stateful).toSorted()).toEqual(exported.toSorted());
  });

  test('removes no export when the environment names a topic of its own', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:123456789012:on-call';
    const { stateful: own } = templatesOf({ ...loadEnvironment('dev'), alarmTopicArn });
    expect(exportsOf(own).toSorted()).toEqual(exported.toSorted());
  });

  test('writes no secret: a first value depends on nothing, and an old one is never written again', () => {
    const valuesOf = (name: string) => {
      const { stateful: template } = templatesOf(loadEnvironment(name));
      return resourcesOf(template, 'AWS::SecretsManager::Secret').map(([id, { Properties }]) => [
        id,
        Properties['SecretString'] ?? Properties['GenerateSecretString'],
      ]);
    };
    const [dev, prod, local] = ['dev', 'prod', 'local'].map(valuesOf);
    expect([prod, local]).toEqual([dev, dev]);
    // Those of version 0.2.0.
    expect(Object.fromEntries(dev ?? [])).toEqual({
      SecretsSigningKeys20695C0E: '{}',
      SecretsApiTokensA1F0A417: '{"tokens":[]}',
      SecretsProviderAccountsB3FEF5FA: '{}',
      SecretsSourceSecrets7383B339: '{}',
      SecretsPseudonymKey30911634: { PasswordLength: 64, ExcludePunctuation: true },
    });
  });
});

describe('two regions of one account', () => {
  /** The property that holds the name, of each type whose names are unique in an account or in the world. */
  const names: Record<string, (properties: Resource['Properties']) => unknown> = {
    'AWS::CloudFront::CachePolicy': ({ CachePolicyConfig }) => CachePolicyConfig.Name,
    'AWS::CloudFront::OriginAccessControl': ({ OriginAccessControlConfig }) => OriginAccessControlConfig.Name,
    'AWS::CloudWatch::Dashboard': ({ DashboardName }) => DashboardName,
    'AWS::IAM::Role': ({ RoleName }) => RoleName,
    'AWS::S3::Bucket': ({ BucketName }) => BucketName,
  };
  const long = { ...loadEnvironment('dev'), environment: 'e'.repeat(28), region: 'ap-southeast-1' };
  const both = templatesOf(long);

  test.each(Object.entries(names))('%s: names that CloudFormation makes up, or with the region', (type, nameOf) => {
    const found = [both.stateful, both.stateless].flatMap((template) => resourcesOf(template, type));
    expect(found).not.toEqual([]);
    for (const [, { Properties }] of found) expect(nameOf(Properties) ?? 'ap-southeast-1').toContain('ap-southeast-1');
  });

  test('no name is too long for its service, however long the name of the environment is', () => {
    const most = { 'AWS::CloudFront::OriginAccessControl': 64, 'AWS::CloudFront::CachePolicy': 128 };
    for (const [type, length] of Object.entries(most)) {
      for (const [, { Properties }] of resourcesOf(both.stateful, type)) {
        expect(String(names[type]?.(Properties)).length).toBeLessThanOrEqual(length);
      }
    }
    const functions = resourcesOf(both.stateless, 'AWS::Lambda::Function');
    expect(functions.filter(([, { Properties }]) => Properties['FunctionName'].length > 64)).toEqual([]);
  });
});
