/** How the functions are set up: runtime, time-outs that hang together, variables, logs, batches. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { type FunctionName, functionEnvironments } from '../../lib/config/function-environment.ts';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';
import { timingsOf } from '../../lib/config/timings.ts';
import { deployedPoller } from './poller-definition.ts';
import { functionOf, resourcesOf, templatesOf } from './synthesized.ts';

const { stateful, stateless } = templatesOf();
const { limits } = loadEnvironment('dev');
const names = Object.keys(functionEnvironments) as FunctionName[];

describe('every function', () => {
  test('there are five', () => {
    stateless.resourceCountIs('AWS::Lambda::Function', names.length);
  });

  test.each(names)('%s runs Node 24 on arm64 with an encrypted log that is kept for a set time', (name) => {
    const { Properties } = functionOf(stateless, name);
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    expect(Properties['MemorySize']).toBe(name === 'worker' ? 1024 : 512);
    expect(Properties['LoggingConfig'].LogGroup.Ref).toMatch(/LogsGroup/);
  });

  test.each(names)('%s gets each variable it reads, and no secret', (name) => {
    const variables = functionOf(stateless, name).Properties['Environment'].Variables;
    expect(functionEnvironments[name].safeParse(JSON.parse(asText(variables))).success).toBe(true);
    const beside = Object.keys(variables).filter((key) => !Object.hasOwn(functionEnvironments[name].shape, key));
    expect(beside.sort()).toEqual(['POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_SERVICE_NAME']);
    expect(JSON.stringify(variables)).not.toContain('resolve:');
  });

  test('every log group is encrypted and has a retention', () => {
    const groups = resourcesOf(stateless, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(names.length + 3);
    for (const [, { Properties }] of groups) {
      expect(Properties['RetentionInDays']).toBe(Number(limits.logRetentionDays));
      expect(JSON.stringify(Properties['KmsKeyId'])).toContain('EncryptionKey');
      expect(Properties['LogGroupName']).toMatch(/^\/aws\/vendedlogs\/issue-on-behalf\/dev\//);
    }
  });
});

describe('fault 18: time-outs', () => {
  test.each(['dev', 'prod', 'local'])('hang together in %s', (name) => {
    const timings = timingsOf(loadEnvironment(name).limits);
    expect(timings.callSeconds).toBeLessThan(timings.functionSeconds);
    expect(timings.functionSeconds).toBeLessThan(timings.visibilitySeconds / 6);
    expect(timings.leaseSeconds).toBeGreaterThan(timings.functionSeconds);
  });

  test('are those of the templates', () => {
    const { functionSeconds, visibilitySeconds } = timingsOf(limits);
    expect(functionOf(stateless, 'worker').Properties['Timeout']).toBe(functionSeconds);
    expect(functionOf(stateless, 'poller').Properties['Timeout']).toBe(functionSeconds);
    stateful.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: visibilitySeconds });
  });

  test('the trigger answers before the gateway gives up', () => {
    expect(functionOf(stateless, 'trigger').Properties['Timeout']).toBeLessThan(29);
  });

  test('a reconcile run ends before the next starts', () => {
    const seconds = functionOf(stateless, 'reconcile').Properties['Timeout'];
    expect(seconds).toBeLessThanOrEqual(60 * limits.reconcileMinutes);
  });
});

describe('shares of the account’s concurrency', () => {
  const shareOf = (template: typeof stateless, name: string) =>
    functionOf(template, name).Properties['ReservedConcurrentExecutions'];

  test('are not taken unless they are set: a new account may have none to give', () => {
    expect(names.map((name) => shareOf(stateless, name))).toEqual(names.map(() => undefined));
  });

  test('go to the functions that have one: the pollers’ ceiling leaves the rest to the API', () => {
    const concurrency = { trigger: 40, worker: 20, poller: 50, reconcile: 1 };
    const dev = loadEnvironment('dev');
    const { stateless: shared } = templatesOf({ ...dev, limits: { ...dev.limits, concurrency } });
    const found = Object.fromEntries(Object.keys(concurrency).map((name) => [name, shareOf(shared, name)]));
    expect([found, shareOf(shared, 'rotate-signing-key')]).toEqual([concurrency, undefined]);
  });

  test('of the worker covers what it reads, or is refused', () => {
    const dev = loadEnvironment('dev');
    const limited = { ...dev.limits, workerConcurrency: 10, concurrency: { worker: 9 } };
    const text = JSON.stringify({ ...dev, limits: limited });
    expect(() => parseEnvironment(text, 'dev.json')).toThrow(
      /limits\.concurrency\.worker: must be at least workerConcurrency/,
    );
  });

  test('used up for a moment is no loss: the state machine tries a throttled round again', () => {
    expect(deployedPoller('STANDARD').definition.States['CheckStatus']?.Retry?.[0]?.ErrorEquals).toContain(
      'Lambda.TooManyRequestsException',
    );
  });
});

describe('what calls the functions', () => {
  test('fault 38: the worker takes batches, reports failures one by one and is capped', () => {
    stateless.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: limits.workerBatchSize,
      MaximumBatchingWindowInSeconds: limits.workerBatchSeconds,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: limits.workerConcurrency },
    });
    // Its fresh messages to its own queue are meant.
    expect(functionOf(stateless, 'worker').Properties['RecursiveLoop']).toBe('Allow');
  });

  test('reconcile runs on a schedule', () => {
    stateless.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: `rate(${limits.reconcileMinutes} minutes)`,
      State: 'ENABLED',
    });
  });

  test('a run that cannot be started is kept with its reason, and rings an alarm', () => {
    const [[, rule] = []] = resourcesOf(stateless, 'AWS::Events::Rule');
    const [target, ...others] = rule?.Properties['Targets'] ?? [];
    expect(others).toEqual([]);
    expect(target.RetryPolicy).toEqual({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 60 * limits.reconcileMinutes,
    });
    const [queue] = target.DeadLetterConfig.Arn['Fn::GetAtt'];
    expect(Object.keys(stateless.findResources('AWS::SQS::Queue'))).toEqual([queue]);
    stateless.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
          }),
        ]),
      },
      Queues: [{ Ref: queue }],
    });
    stateless.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
    });
  });

  test('signing keys move on by themselves, at once after the first deployment', () => {
    stateless.hasResource('AWS::SecretsManager::RotationSchedule', {
      Properties: {
        RotationRules: { ScheduleExpression: `rate(${limits.keyRotationDays} days)` },
        RotateImmediatelyOnUpdate: true,
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('SecretsManager')]),
    });
  });
});

// References of a template stand for text that is there at run time.
function asText(variables: Record<string, unknown>): string {
  return JSON.stringify(variables, (key, value) => (key !== '' && typeof value === 'object' ? 'reference' : value));
}
