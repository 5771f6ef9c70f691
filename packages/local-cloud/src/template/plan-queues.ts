/** Reads SQS queues and the mappings that feed functions from them. */
import { functionName } from './function-name.ts';
import { asNumber, asText } from './json.ts';
import type { Reading } from './reading.ts';

const attributeNames = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
] as const;

/** One standard queue with its attributes as SQS expects them (strings). */
export interface QueuePlan {
  name: string;
  arn: string;
  url: string;
  attributes: Record<string, string>;
  /** The ARN of its dead-letter queue. */
  deadLetterArn: string | undefined;
}

/** One event source mapping from a queue to a function. */
export interface MappingPlan {
  queue: QueuePlan;
  functionName: string;
  batchSize: number;
  windowMs: number;
  concurrency: number;
  partialFailures: boolean;
}

/** Reads a standard queue; FIFO queues are refused. */
export function readQueue(reading: Reading): QueuePlan {
  const attributes: Record<string, string> = {};
  for (const name of attributeNames) {
    const value = asText(reading.properties[name]);
    if (value !== undefined) attributes[name] = value;
  }
  const redrive = reading.object('RedrivePolicy');
  const deadLetterArn = asText(redrive['deadLetterTargetArn']);
  if (deadLetterArn) {
    const maxReceiveCount = asNumber(redrive['maxReceiveCount']);
    if (maxReceiveCount === undefined) throw reading.refuse('property RedrivePolicy.maxReceiveCount is not a number');
    attributes['RedrivePolicy'] = JSON.stringify({ deadLetterTargetArn: deadLetterArn, maxReceiveCount });
  }
  return {
    name: reading.name,
    arn: reading.identity.attributes['Arn'] ?? '',
    url: reading.identity.ref,
    attributes,
    deadLetterArn,
  };
}

/** Reads a mapping; only queues of the assembly can be its source. */
export function readMapping(reading: Reading, queues: QueuePlan[]): MappingPlan {
  reading.expect('Enabled', true, 'true');
  const queue = queues.find((one) => one.arn === reading.text('EventSourceArn'));
  if (!queue) throw reading.refuse('only queues of the same assembly can be an event source locally');
  const scaling = reading.object('ScalingConfig');
  reading.only(scaling, ['MaximumConcurrency'], 'ScalingConfig.');
  const responses = reading.list('FunctionResponseTypes');
  return {
    queue,
    functionName: functionName(reading.text('FunctionName')),
    batchSize: reading.number('BatchSize', 10),
    windowMs: reading.number('MaximumBatchingWindowInSeconds', 0) * 1000,
    concurrency: asNumber(scaling['MaximumConcurrency']) ?? 5,
    partialFailures: responses.includes('ReportBatchItemFailures'),
  };
}
