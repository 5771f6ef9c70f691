/** Triggers an alarm on purpose, and reports whether its message left CloudWatch and whether anyone receives it. */
import {
  type AlarmHistoryItem,
  type CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand, type SNSClient, type Subscription } from '@aws-sdk/client-sns';

export interface AlarmServices {
  alarms: Pick<CloudWatchClient, 'send'>;
  topics: Pick<SNSClient, 'send'>;
  sleep(milliseconds: number): Promise<unknown>;
}

export interface TopicTest {
  topic: string;
  /** `unknown`: the alarm's history did not say within a minute. */
  published: 'yes' | 'no' | 'unknown';
  /** CloudWatch's own words if it could not publish. */
  failure?: string;
  /** Undefined if the caller may not list the subscriptions, for example of another account's topic. */
  receivers?: { confirmed: number; waiting: number };
}

const reason = 'A test by "iob alarms test": nothing is wrong, and nothing has to be done.';
const betweenLooksMs = 2000;
const looks = 30;

/** Throws an error for the operator if there is no such alarm, or if it is triggered already and would send nothing. */
export async function testAlarm(name: string, services: AlarmServices): Promise<TopicTest[]> {
  const alarm = await find(name, services);
  if (alarm.StateValue === 'ALARM')
    throw new Error(`The alarm ${name} is triggered now, so it would send nothing: name another with --alarm`);
  const topics = alarm.AlarmActions ?? [];
  if (topics.length === 0) throw new Error(`The alarm ${name} notifies nobody: deploy this version first`);
  const since = new Date(Date.now() - betweenLooksMs);
  await setState(name, 'ALARM', services);
  try {
    const history = await actionsOf(name, since, topics.length, services);
    return await Promise.all(topics.map((topic) => report(topic, history, services)));
  } finally {
    // CloudWatch would do so with the next evaluation, after up to five minutes.
    await setState(name, alarm.StateValue ?? 'OK', services);
  }
}

async function find(name: string, { alarms }: AlarmServices): Promise<MetricAlarm> {
  const { MetricAlarms = [] } = await alarms.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  const [alarm] = MetricAlarms;
  if (alarm === undefined) throw new Error(`There is no alarm ${name}: deploy this version first`);
  return alarm;
}

async function setState(name: string, state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA', { alarms }: AlarmServices) {
  await alarms.send(new SetAlarmStateCommand({ AlarmName: name, StateValue: state, StateReason: reason }));
}

/** What CloudWatch did because of the test, as soon as it says so for each topic. */
async function actionsOf(
  name: string,
  since: Date,
  wanted: number,
  services: AlarmServices,
): Promise<AlarmHistoryItem[]> {
  const command = { AlarmName: name, HistoryItemType: 'Action', StartDate: since } as const;
  let found: AlarmHistoryItem[] = [];
  for (let look = 0; look < looks && found.length < wanted; look += 1) {
    await services.sleep(betweenLooksMs);
    const { AlarmHistoryItems = [] } = await services.alarms.send(new DescribeAlarmHistoryCommand(command));
    found = AlarmHistoryItems.filter(({ Timestamp }) => Timestamp !== undefined && Timestamp >= since);
  }
  return found;
}

async function report(topic: string, history: AlarmHistoryItem[], services: AlarmServices): Promise<TopicTest> {
  const summary = history.find(({ HistorySummary }) => HistorySummary?.includes(topic))?.HistorySummary;
  const receivers = await receiversOf(topic, services);
  const known = { topic, ...(receivers && { receivers }) };
  if (summary === undefined) return { ...known, published: 'unknown' };
  if (summary.startsWith('Successfully')) return { ...known, published: 'yes' };
  return { ...known, published: 'no', failure: summary };
}

async function receiversOf(topic: string, { topics }: AlarmServices): Promise<TopicTest['receivers']> {
  try {
    const all: Subscription[] = [];
    let next: string | undefined;
    do {
      const page = await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken: next }));
      all.push(...(page.Subscriptions ?? []));
      next = page.NextToken;
    } while (next !== undefined);
    const confirmed = all.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:')).length;
    return { confirmed, waiting: all.length - confirmed };
  } catch (error) {
    if (error instanceof Error && /^(AuthorizationError|NotFound)/.test(error.name)) return undefined;
    throw error;
  }
}
