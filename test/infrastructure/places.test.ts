/** Where an environment may be deployed: accounts of production environments, and regions that have every part. */
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { describe, expect, test } from 'vitest';
import { accountWarning } from '../../lib/config/account.ts';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';
import { regionProblems } from '../../lib/config/regions.ts';

const parsed = (name: string, changes: object) => () =>
  parseEnvironment(JSON.stringify({ ...loadEnvironment(name), ...changes }), `config/${name}.json`);

describe('a production environment', () => {
  test('is refused without its account', () => {
    expect(parsed('prod', { awsAccount: undefined })).toThrow(
      /^config\/prod\.json: awsAccount: must name the account of a production environment/,
    );
    expect(parsed('prod', { environment: 'prod-eu', awsAccount: undefined })).toThrow(/awsAccount: must name/);
    expect(parsed('dev', { awsAccount: undefined })().awsAccount).toBeUndefined();
  });

  test('is refused without a recipient of alarms', () => {
    expect(parsed('prod', { alarmEmail: undefined })).toThrow(/alarmEmail: must name the recipient of alarms/);
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:123456789012:on-call';
    expect(parsed('prod', { alarmEmail: undefined, alarmTopicArn })().alarmTopicArn).toBe(alarmTopicArn);
  });

  test('is refused with the address that is shipped, as soon as it can be deployed', () => {
    const shipped = loadEnvironment('prod');
    expect(() => parsed('prod', { awsAccount: '123456789012' })()).toThrow(/alarmEmail: is at a domain reserved/);
    expect(parsed('prod', {})().alarmEmail).toBe(shipped.alarmEmail);
    const ours = { awsAccount: '123456789012', alarmEmail: 'ops@company.com' };
    expect(parsed('prod', ours)().alarmEmail).toBe('ops@company.com');
    expect(parsed('dev', { awsAccount: '123456789012' })().alarmEmail).toBe(shipped.alarmEmail);
  });

  test('is shipped with an account to which nobody can deploy, and a warning', () => {
    expect(accountWarning(loadEnvironment('prod'))).toMatch(/^config\/prod\.json: awsAccount: is still the account/);
    expect(accountWarning({ environment: 'prod', awsAccount: '123456789012' })).toBeUndefined();
    expect(accountWarning(loadEnvironment('dev'))).toBeUndefined();
  });
});

describe('a region', () => {
  test.each([
    ['af-south-1', 'CloudFront delivers no access logs'],
    ['ap-east-1', 'CloudFront delivers no access logs'],
    ['eu-central-2', 'CloudFront delivers no access logs'],
    ['il-central-1', 'CloudFront delivers no access logs'],
    ['cn-north-1', 'CloudFront, which serves the JWKS, does not exist'],
    ['us-gov-west-1', 'CloudFront, which serves the JWKS, does not exist'],
    ['eu-wset-1', 'is not known'],
  ])('%s is refused, with what is missing', (region, message) => {
    expect(parsed('dev', { region })).toThrow(`config/dev.json: region: ${message}`);
  });

  test.each(['eu-west-1', 'us-east-1', 'ap-southeast-2'])('%s is taken', (region) => {
    expect(parsed('dev', { region })().region).toBe(region);
  });

  test('of the backup is another one', () => {
    expect(parsed('dev', { backupRegion: 'eu-central-1' })().backupRegion).toBe('eu-central-1');
    for (const backupRegion of ['eu-west-1', 'eu-wset-2']) {
      expect(parsed('dev', { backupRegion })).toThrow('config/dev.json: backupRegion: must be another region');
    }
  });

  test('is known, if the CDK knows it', () => {
    const unknown = RegionInfo.regions
      .filter(({ name }) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(name))
      .filter(({ name }) =>
        regionProblems({ region: name, backupRegion: undefined }).some(({ message }) =>
          message.startsWith('is not known'),
        ),
      );
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });
});
