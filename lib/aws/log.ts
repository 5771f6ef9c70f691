/** Log lines and metrics of the registered events, in the formats that CloudWatch reads. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { type MetricKey, metrics } from '../config/metrics.ts';
import type { Log, LogEvent } from '../issuance/log-events.ts';

const levels: Partial<Record<LogEvent['event'], 'warn' | 'error'>> = {
  'rule-failed': 'warn',
  'event-unusable': 'warn',
  'source-secret-unusable': 'error',
  'circuit-opened': 'warn',
  'status-unrecognized': 'warn',
  'status-check-failed': 'warn',
  'message-dead-lettered': 'error',
  'record-not-understood': 'error',
  'unexpected-error': 'error',
};

/** Maximum length of a field; ids and codes are far shorter. */
const mostCharacters = 256;

/** Service and namespace come from the function's POWERTOOLS_ variables, as the stack sets them. */
export function log(functionName: string): Log {
  const logger = new Logger({ logLevel: 'INFO', persistentKeys: { function: functionName } });
  const meter = new Metrics();
  return {
    write(entry) {
      const { event, ...fields } = entry;
      logger[levels[event] ?? 'info'](event, truncated(fields));
      for (const [key, value, seconds] of measuresOf(entry)) {
        const metric = meter.singleMetric();
        metric.addDimension(metrics[key].dimension, oneShortLine(value));
        if (seconds === undefined) metric.addMetric(metrics[key].name, MetricUnit.Count, 1);
        else metric.addMetric(metrics[key].name, MetricUnit.Seconds, seconds);
      }
    },
  };
}

function truncated(fields: Record<string, unknown>): Record<string, unknown> {
  const cut = (value: unknown) => (typeof value === 'string' ? oneShortLine(value) : value);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cut(value)]));
}

/** JSON does not escape these, but a terminal interprets some as commands and some as the end of a line. */
const unescaped = /[\u007f-\u009f\u2028\u2029]/g;

function oneShortLine(text: string): string {
  const short = text.slice(0, mostCharacters).replace(/[\ud800-\udbff]$/, '');
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return short.toWellFormed().replace(unescaped, escaped);
}

/** A metric, a value of its dimension, and a number of seconds. Default: counts one. */
export type Measure = [key: MetricKey, value: string, seconds?: number];

/** The metrics of an event. */
export function measuresOf(entry: LogEvent): Measure[] {
  switch (entry.event) {
    case 'issuance-moved':
      return entry.code === undefined
        ? [['moved', entry.status]]
        : [
            ['moved', entry.status],
            ['reasons', entry.code],
          ];
    case 'request-refused':
      return [['refused', entry.code]];
    case 'superseded-in-vain':
      return Array.from({ length: entry.count }, () => ['inVain', entry.program]);
    case 'event-ignored':
      return [['ignored', entry.source]];
    case 'event-unusable':
      return [['unusable', entry.source]];
    case 'submission-delayed':
      return [
        ['delayed', entry.code],
        ['delayedFor', entry.code, entry.waitSeconds],
      ];
    case 'status-check-failed':
      return [
        ['checksFailed', entry.code],
        ['unansweredFor', entry.code, entry.ageSeconds],
      ];
    case 'waiting-measured':
      return [['waiting', entry.status, entry.seconds]];
    case 'circuit-opened':
      return [['circuits', entry.program]];
    case 'message-dead-lettered':
      return [['deadLettered', entry.code]];
    case 'status-unrecognized':
      return [['unrecognized', entry.program]];
    case 'record-not-understood':
      return [['unexpected', entry.where]];
    case 'unexpected-error':
      return [['unexpected', entry.where.split(':')[0] ?? entry.where]];
    default:
      return [];
  }
}
