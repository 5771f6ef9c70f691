/** Adds an alarm in the standard form: its description states the problem and links to the runbook, and it notifies the topic. */
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { runbookLink } from '../names.ts';

interface AlarmProps {
  topic: ITopic;
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
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    alarmDescription: `${props.says}. What to do: ${runbookLink(props.runbook)}`,
    threshold: props.threshold ?? 1,
    evaluationPeriods: props.periods ?? 1,
    ...(props.breachingPeriods === undefined ? {} : { datapointsToAlarm: props.breachingPeriods }),
    comparisonOperator: props.ringsWhenMissing
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: props.ringsWhenMissing ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(props.topic));
  return alarm;
}
