/** A metric that the functions write, for an alarm or a graph. */
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricKey, metrics, metricsNamespace } from '../../lib/config/metrics.ts';
import { serviceName } from '../names.ts';

/** One value of the metric's dimension. */
export function ownMetric(environment: string, key: MetricKey, value: string): Metric {
  const { name, dimension } = metrics[key];
  return new Metric({
    namespace: metricsNamespace,
    metricName: name,
    dimensionsMap: { service: serviceName(environment), [dimension]: value },
  });
}
