/** One alarm as all of them are: it says what is wrong, links to the runbook and tells the topic. */
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { runbookLink } from '../names.ts';

interface AlarmProps {
  topic: ITopic;
  metric: IMetric;
  /** What is wrong when it rings, as a sentence without full stop. */
  says: string;
  /** Section of docs/runbook.md. */
  runbook: string;
  /** Rings at this value and above. Default: 1. */
  threshold?: number;
  /** How many periods are looked at. Default: 1. */
  periods?: number;
  /** In how many of them the value has to be reached. Default: all. */
  breachingPeriods?: number;
  /** For what must keep coming in: rings below the threshold, and when nothing is measured at all. */
  ringsWhenMissing?: true;
}

/** Adds an alarm to the construct that owns the thing it watches. */
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
