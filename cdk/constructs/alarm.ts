/** Adds an alarm in the standard form: its description states the problem and links to runbook and console; it notifies the topic. */
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { partName } from '../names.ts';

interface AlarmProps {
  deployment: Deployment;
  metric: IMetric;
  /** The problem when it triggers, as a sentence without a full stop. */
  says: string;
  /** Section of docs/runbook.md. */
  runbook: string;
  /** Triggers at this value and above. Default: 1. */
  threshold?: number;
  /** Number of periods that are evaluated. Default: 1. */
  periods?: number;
  /** Number of these periods in which the value must be reached. Default: all. */
  breachingPeriods?: number;
  /** For values that must keep arriving: triggers below the threshold, and if there is no value. */
  ringsWhenMissing?: true;
}

/** Adds an alarm to the construct that owns the monitored resource. */
export function addAlarm(scope: Construct, id: string, props: AlarmProps): Alarm {
  const { environment, alarmTopic, runbook } = props.deployment;
  const alarmName = partName(environment.environment, partOf(scope, id));
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    // Links in the e-mail can be clicked only if nothing follows them in their line.
    alarmName,
    alarmDescription: [
      `${props.says}.`,
      `What to do: ${runbook}#${props.runbook}`,
      `Graph and history: ${consoleLink(environment.region, alarmName)}`,
    ].join('\n'),
    threshold: props.threshold ?? 1,
    evaluationPeriods: props.periods ?? 1,
    ...(props.breachingPeriods === undefined ? {} : { datapointsToAlarm: props.breachingPeriods }),
    comparisonOperator: props.ringsWhenMissing
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: props.ringsWhenMissing ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(alarmTopic));
  return alarm;
}

/** The end of the alarm's name: its place in the stack, such as `worker-errors`. */
function partOf(scope: Construct, id: string): string {
  const words = [...scope.node.path.split('/').slice(1), id].flatMap((each) =>
    each
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
      .toLowerCase()
      .split('-'),
  );
  return words.filter((word, index) => word !== 'alarm' && word !== words[index - 1]).join('-');
}

function consoleLink(region: string, alarmName: string): string {
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(alarmName)}`;
}
