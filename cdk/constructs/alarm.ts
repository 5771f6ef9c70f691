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
  /** Rings at this value and above. 1 unless told. */
  threshold?: number;
  /** How many periods in a row. 1 unless told. */
  periods?: number;
}

/** Adds an alarm to the construct that owns the thing it watches. */
export function addAlarm(scope: Construct, id: string, props: AlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    alarmDescription: `${props.says}. What to do: ${runbookLink(props.runbook)}`,
    threshold: props.threshold ?? 1,
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(props.topic));
  return alarm;
}
