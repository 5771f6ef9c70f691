/** Alarms: there is one for everything that needs a person, and each says what to do. */
import { describe, expect, test } from 'vitest';
import { alarmRecipientWarning } from '../../lib/config/alarm-recipient.ts';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';
import type { ErrorCodeEntry } from '../../lib/issuance/codes/entry.ts';
import { describeCode, type ErrorCode, errorCodes } from '../../lib/issuance/error-codes.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { stateful, stateless } = templatesOf();
const { programs: configured, sources } = loadEnvironment('dev');
const programs = Object.keys(configured);
const directories = Object.values(sources).filter(({ lookup }) => lookup !== undefined);
const waiting = (Object.keys(errorCodes) as ErrorCode[]).filter((code) =>
  ['retry-later', 'unknown-outcome'].includes(describeCode(code).kind),
);
const alarms = [
  ...resourcesOf(stateful, 'AWS::CloudWatch::Alarm'),
  ...resourcesOf(stateless, 'AWS::CloudWatch::Alarm'),
].map(([, { Properties }]) => Properties);

describe('alarms', () => {
  test('tell the topic, also of missing values where values must keep arriving', () => {
    for (const alarm of alarms) {
      expect(JSON.stringify(alarm['AlarmActions'])).toContain('AlarmsTopic');
      const isSilence = alarm['AlarmDescription'].includes('#reconcile-silent\n');
      expect(alarm['TreatMissingData']).toBe(isSilence ? 'breaching' : 'notBreaching');
    }
  });

  test('watch queue, functions, executions, API and outcomes', () => {
    const watched = alarms.map((alarm) => alarm['MetricName'] ?? 'expression');
    const counts = Object.fromEntries(
      [...new Set(watched)].map((name) => [name, watched.filter((each) => each === name).length]),
    );
    expect(counts).toEqual({
      ApproximateNumberOfMessagesVisible: 2,
      ApproximateAgeOfOldestMessage: 1,
      Errors: 5,
      Throttles: 5,
      expression: 2,
      '5xx': 1,
      IssuancesMoved: 2,
      IssuanceReasons: 6,
      CircuitsOpened: programs.length + directories.length,
      SupersededInVain: programs.length,
      // Every shipped source has webhooks.
      EventsUnusable: Object.keys(sources).length,
      StatusesUnrecognized: programs.length,
      StatusChecksFailed: 2,
      UnexpectedErrors: 5,
      OldestWaitingSeconds: 4,
      DelayedForSeconds: waiting.length,
      UnansweredForSeconds: waiting.length,
    });
  });

  test('fault 42: there is one for every code for which an issuance waits', () => {
    for (const metric of ['DelayedForSeconds', 'UnansweredForSeconds']) {
      const own = alarms.filter((alarm) => alarm['MetricName'] === metric);
      const codes = own.flatMap((alarm) => alarm['Dimensions'].map(({ Value }: { Value: string }) => Value));
      expect(waiting.filter((code) => !codes.includes(code))).toEqual([]);
    }
  });

  test('fault 42: a code for which an issuance waits does not compile without its alarm', () => {
    const words = { title: 'A title', advice: 'Do something.' };
    const told: ErrorCodeEntry = { kind: 'retry-later', alarmMinutes: 10, ...words };
    // @ts-expect-error -- alarmMinutes is missing
    const untold: ErrorCodeEntry = { kind: 'retry-later', ...words };
    // @ts-expect-error -- alarmMinutes is missing
    const unknown: ErrorCodeEntry = { kind: 'unknown-outcome', ...words };
    expect([told, untold, unknown].map(({ alarmMinutes }) => alarmMinutes)).toEqual([10, undefined, undefined]);
  });

  test('fault 42: reach the person the environment names', () => {
    const { stateful: told } = templatesOf({ ...loadEnvironment('dev'), alarmEmail: 'operator@example.com' });
    told.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'operator@example.com' });
  });

  test('fault 42: CloudWatch may use the topic and its key, under no condition that it may not send', () => {
    const own = (statement: { Principal?: { Service?: string } }) =>
      statement.Principal?.Service === 'cloudwatch.amazonaws.com';
    const [[, key] = []] = resourcesOf(stateful, 'AWS::KMS::Key');
    expect(key?.Properties['KeyPolicy'].Statement.filter(own)).toEqual([
      {
        Sid: 'EncryptAlarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
      },
    ]);
    const [[, policy] = []] = resourcesOf(stateful, 'AWS::SNS::TopicPolicy');
    const [publish, ...others] = policy?.Properties['PolicyDocument'].Statement.filter(own) ?? [];
    expect(others).toEqual([]);
    expect(publish).toMatchObject({ Effect: 'Allow', Action: 'sns:Publish' });
    expect(Object.keys(publish.Condition)).toEqual(['ArnLike']);
    expect(JSON.stringify(publish.Condition)).toMatch(/:cloudwatch:eu-west-1:.*:alarm:\*/);
  });

  test('fault 42: tell the topic the environment names', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:123456789012:on-call';
    const { stateful: told, stateless: functions } = templatesOf({ ...loadEnvironment('dev'), alarmTopicArn });
    told.resourceCountIs('AWS::SNS::Subscription', 0);
    for (const template of [told, functions]) {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::CloudWatch::Alarm')) {
        expect(Properties['AlarmActions']).toEqual([alarmTopicArn]);
      }
    }
  });

  test('fault 42: nobody to tell is refused, with path and remedy, but not on one machine', () => {
    const text = (name: string) => JSON.stringify({ ...loadEnvironment(name), alarmEmail: undefined });
    expect(() => parseEnvironment(text('prod'), 'config/prod.json')).toThrow(
      /config\/prod\.json: alarmEmail: must name the recipient of alarms.* alarmTopicArn/,
    );
    expect(parseEnvironment(text('local'), 'config/local.json').alarmEmail).toBeUndefined();
  });

  const withAddress = (name: string, alarmEmail: string) => () =>
    parseEnvironment(JSON.stringify({ ...loadEnvironment(name), alarmEmail }), `config/${name}.json`);

  test.each([
    'ops@example.com',
    'ops@EXAMPLE.org',
    'ops@alarms.example.net',
    'ops@team.test',
    'ops@team.invalid',
    'ops@team.example',
  ])('fault 42: an address that nobody reads is refused, but not on one machine: %s', (address) => {
    expect(withAddress('prod', address)).toThrow(
      /config\/prod\.json: alarmEmail: is at a domain reserved for examples/,
    );
    expect(withAddress('local', address)().alarmEmail).toBe(address);
  });

  test.each(['ops@example.company.com', 'ops@notexample.com', 'ops@latest.dev', 'test@company.com'])(
    'fault 42: an address that only looks like one is taken: %s',
    (address) => expect(withAddress('prod', address)().alarmEmail).toBe(address),
  );

  test('fault 42: the address that is shipped is taken with a warning, another one without', () => {
    const shipped = loadEnvironment('dev');
    expect(alarmRecipientWarning(shipped)).toMatch(/^config\/dev\.json: alarmEmail: .* nobody receives the alarms$/);
    expect(alarmRecipientWarning({ ...shipped, alarmEmail: 'ops@company.com' })).toBeUndefined();
  });
});
