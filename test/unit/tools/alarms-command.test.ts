/** What `iob alarms test` does to an alarm, and what it tells the operator. */
import { DescribeAlarmHistoryCommand, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, test, vi } from 'vitest';
import { partName } from '../../../cdk/names.ts';
import { arrived, describeTest } from '../../../tools/alarms/describe.ts';
import { type AlarmServices, testAlarm } from '../../../tools/alarms/test-alarm.ts';
import { runCommandLine } from '../../../tools/command-line/run.ts';
import { resourcesOf, templatesOf } from '../../infrastructure/synthesized.ts';

const topic = 'arn:aws:sns:eu-west-1:123456789012:alarms';
const name = partName('dev', 'queue-dead-letters');

interface Account {
  state?: string;
  topics?: string[];
  /** CloudWatch’s entry in the history; undefined if there is none. */
  summary?: string | undefined;
  subscriptions?: string[] | Error;
}

/** An account with one alarm, which records what is done to it. */
function account({ state = 'OK', topics = [topic], summary, subscriptions = [] }: Account) {
  const states: string[] = [];
  let looks = 0;
  const alarms = async (command: object): Promise<object> => {
    if (command instanceof DescribeAlarmsCommand)
      return { MetricAlarms: [{ StateValue: state, AlarmActions: topics }] };
    if (command instanceof SetAlarmStateCommand) {
      states.push(`${command.input.StateValue}: ${command.input.StateReason}`);
      return {};
    }
    expect(command).toBeInstanceOf(DescribeAlarmHistoryCommand);
    looks += 1;
    const entries = [
      { Timestamp: new Date(0), HistorySummary: `Failed to execute action ${topic}: last week` },
      ...(looks > 2 && summary !== undefined ? [{ Timestamp: new Date(), HistorySummary: summary }] : []),
    ];
    return { AlarmHistoryItems: entries };
  };
  const list = async (): Promise<object> => {
    if (subscriptions instanceof Error) throw subscriptions;
    return { Subscriptions: subscriptions.map((SubscriptionArn) => ({ SubscriptionArn })) };
  };
  const services = { alarms: { send: alarms }, topics: { send: list }, sleep: vi.fn() } as unknown as AlarmServices;
  return { services, states };
}

const succeeded = `Successfully executed action ${topic}`;
const confirmed = `${topic}:6b0e71bd`;

describe('an alarm that is tested', () => {
  test('is triggered, says that it is a test, and returns to its state', async () => {
    const { services, states } = account({
      state: 'INSUFFICIENT_DATA',
      summary: succeeded,
      subscriptions: [confirmed],
    });
    const tests = await testAlarm(name, services);
    expect(tests).toEqual([{ topic, published: 'yes', receivers: { confirmed: 1, waiting: 0 } }]);
    expect(states.map((each) => each.split(':')[0])).toEqual(['ALARM', 'INSUFFICIENT_DATA']);
    expect(states[0]).toContain('nothing is wrong');
    expect(arrived(tests)).toBe(true);
    expect(describeTest(name, tests)).toContain('1 receiver has a confirmed subscription');
  });

  test('that CloudWatch may not publish is reported with its words, not with those of last week', async () => {
    const summary = `Failed to execute action ${topic}. Received error: "KMS access denied"`;
    const { services } = account({ summary, subscriptions: [confirmed] });
    const tests = await testAlarm(name, services);
    expect(tests).toMatchObject([{ published: 'no', failure: summary }]);
    expect(arrived(tests)).toBe(false);
    expect(describeTest(name, tests)).toContain('could NOT publish the message: Failed to execute action');
  });

  test('that nobody has subscribed to arrives nowhere', async () => {
    const { services } = account({ summary: succeeded, subscriptions: ['PendingConfirmation'] });
    const tests = await testAlarm(name, services);
    expect(tests).toMatchObject([{ published: 'yes', receivers: { confirmed: 0, waiting: 1 } }]);
    expect(arrived(tests)).toBe(false);
    expect(describeTest(name, tests)).toMatch(/NOBODY receives it: .*; 1 must still confirm/);
  });

  test('whose receivers may not be listed arrives, as far as is known', async () => {
    const denied = Object.assign(new Error('denied'), { name: 'AuthorizationErrorException' });
    const { services } = account({ summary: succeeded, subscriptions: denied });
    const tests = await testAlarm(name, services);
    expect([tests[0]?.receivers, arrived(tests)]).toEqual([undefined, true]);
    expect(describeTest(name, tests)).toContain('cannot be listed');
  });

  test('of which CloudWatch says nothing returns to its state all the same', async () => {
    const { services, states } = account({ subscriptions: [confirmed] });
    const tests = await testAlarm(name, services);
    expect([tests[0]?.published, arrived(tests), states.length]).toEqual(['unknown', false, 2]);
    expect(services.sleep).toHaveBeenCalledTimes(30);
  });
});

describe('refused before anything is changed', () => {
  test.each<[string, Account, RegExp]>([
    ['an alarm that is triggered now', { state: 'ALARM' }, /is triggered now, so it would send nothing/],
    ['an alarm that notifies nobody', { topics: [] }, /notifies nobody/],
  ])('%s', async (_what, of, message) => {
    const { services, states } = account(of);
    await expect(testAlarm(name, services)).rejects.toThrow(message);
    expect(states).toEqual([]);
  });

  test('the local system, which has no alarms', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await runCommandLine(['alarms', 'test', '-e', 'local'])).toBe(2);
    expect(told).toHaveBeenCalledWith('There are no alarms on one machine');
  });
});

test('the alarm that is tested by default is one of the stateful stack', () => {
  const alarms = resourcesOf(templatesOf().stateful, 'AWS::CloudWatch::Alarm');
  expect(alarms.map(([, { Properties }]) => Properties['AlarmName'])).toContain(name);
});
