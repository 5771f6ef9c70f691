/** Says when an alarm of a template rings over measured values, as CloudWatch would, late rather than early. */
import type { Resource } from '../infrastructure/synthesized.ts';

/** One measured value. */
export interface Measured {
  metric: string;
  /** Value of the dimension that tells it from others of its metric. */
  of: string;
  value: number;
  /** Milliseconds. */
  at: number;
}

export interface Rang {
  alarm: string;
  at: number;
}

const minuteMs = 60_000;
/** Until a value that a function wrote to its log can be read as a metric. */
const arrivalMs = minuteMs;
/** CloudWatch looks at some periods more than it evaluates, and takes real values before it fills gaps. */
const lookedAtBeyond = 2;

const statistics: Record<string, (values: number[]) => number> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

/** Every alarm that rings between two times, the first first. Evaluated each minute, over whole periods only. */
export function rings(alarms: [string, Resource][], measured: readonly Measured[], from: number, to: number): Rang[] {
  const found = alarms.flatMap(([alarm, { Properties }]) => {
    const own = measured.filter((each) => isOf(Properties, each));
    for (let at = Math.ceil(from / minuteMs) * minuteMs; at <= to; at += minuteMs) {
      if (isRinging(Properties, own, at)) return [{ alarm, at }];
    }
    return [];
  });
  return found.sort((a, b) => a.at - b.at);
}

function isOf(properties: Resource['Properties'], { metric, of }: Measured): boolean {
  const dimensions: { Value: unknown }[] = properties['Dimensions'] ?? [];
  return properties['MetricName'] === metric && dimensions.some(({ Value }) => nameOf(Value) === of);
}

/** References to functions and queues hold the construct's name. */
function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return /"(Api|Trigger|Worker|PollerCheckStatus|Reconcile|Queue)/.exec(JSON.stringify(value))?.[1] ?? '';
}

function isRinging(properties: Resource['Properties'], measured: readonly Measured[], now: number): boolean {
  const { Period, EvaluationPeriods: periods, DatapointsToAlarm: needed = periods, TreatMissingData } = properties;
  const periodMs = Period * 1000;
  const lastEnd = Math.floor((now - arrivalMs) / periodMs) * periodMs;
  const statistic = statistics[properties['Statistic']];
  if (statistic === undefined) throw new Error(`The statistic ${properties['Statistic']} is not known here`);
  const points: number[] = [];
  for (let back = 0; back < periods + lookedAtBeyond && points.length < periods; back += 1) {
    const end = lastEnd - back * periodMs;
    const values = measured.filter(({ at }) => at >= end - periodMs && at < end).map(({ value }) => value);
    if (values.length > 0) points.push(statistic(values));
  }
  const breaching = points.filter((point) =>
    properties['ComparisonOperator'] === 'LessThanThreshold'
      ? point < properties['Threshold']
      : point >= properties['Threshold'],
  ).length;
  const filled = TreatMissingData === 'breaching' ? periods - points.length : 0;
  return breaching + filled >= needed;
}
