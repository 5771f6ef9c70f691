/** Alarms: there is one for everything that needs a person, and each says what to do. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { stateful, stateless } = templatesOf();
const alarms = [
  ...resourcesOf(stateful, 'AWS::CloudWatch::Alarm'),
  ...resourcesOf(stateless, 'AWS::CloudWatch::Alarm'),
].map(([, { Properties }]) => Properties);

describe('alarms', () => {
  test('tell the topic, say what is wrong and link to the runbook', () => {
    for (const alarm of alarms) {
      expect(alarm['AlarmDescription']).toMatch(/^[A-Z].+\. What to do: docs\/runbook\.md#[a-z-]+$/);
      expect(JSON.stringify(alarm['AlarmActions'])).toContain('AlarmsTopic');
      expect(alarm['TreatMissingData']).toBe('notBreaching');
    }
  });

  test('watch queue, functions, executions, API and outcomes', () => {
    const watched = alarms.map((alarm) => alarm['MetricName'] ?? 'expression');
    const counts = Object.fromEntries(
      [...new Set(watched)].map((name) => [name, watched.filter((each) => each === name).length]),
    );
    expect(counts).toEqual({
      ApproximateNumberOfMessagesVisible: 1,
      ApproximateAgeOfOldestMessage: 1,
      Errors: 5,
      Throttles: 5,
      expression: 1,
      '5xx': 1,
      IssuancesMoved: 2,
      IssuanceReasons: 5,
      CircuitsOpened: Object.keys(loadEnvironment('dev').programs).length,
      StatusChecksFailed: 2,
      SubmissionsDelayed: 4,
    });
  });

  test('reach the person the environment names', () => {
    expect(resourcesOf(stateful, 'AWS::SNS::Subscription')).toEqual([]);
    const { stateful: told } = templatesOf({ ...loadEnvironment('dev'), alarmEmail: 'operator@example.com' });
    told.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'operator@example.com' });
  });
});
