/** The queue between trigger and worker, to which other systems can also send, with its dead-letter queue. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { addAlarm } from './alarm.ts';
import { allowSenders } from './queue-senders.ts';

// A retry is a new message, so a second delivery means that a worker crashed or could not send. With six and a half minutes
// between two deliveries (the visibility time-out), ten take about an hour; then a message that crashes its worker each time is
// a dead letter. AWS recommends at least five, because of deliveries that a throttled function never received.
const receivesBeforeDeadLetter = 10;

/** Queue and dead-letter queue; both keep messages for the maximum time. */
export class IssuanceQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    // Keys managed by SQS, so that other systems can send without a permission for our key.
    const shared = {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // The same for both: every message of the queue must fit into the dead-letter queue.
      maxMessageSizeBytes: 1024 * 1024,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.deadLetters = new Queue(this, 'DeadLetters', shared);
    this.queue = new Queue(this, 'Queue', {
      ...shared,
      visibilityTimeout: Duration.seconds(deployment.timings.visibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: receivesBeforeDeadLetter },
    });
    allowSenders(this.queue, deployment.environment);
    this.addAlarms(deployment);
  }

  /** The permission to send to one of the two. */
  sendAccess(queue: IQueue = this.queue): PolicyStatement {
    return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
  }

  /** The permissions of an event source mapping. */
  consumeAccess(): PolicyStatement {
    return new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queue.queueArn],
    });
  }

  private addAlarms(deployment: Deployment): void {
    addAlarm(this, 'DeadLettersAlarm', {
      deployment,
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      says: 'The dead-letter queue has messages, and nothing processes them',
      runbook: 'dead-letters',
    });
    addAlarm(this, 'OldestMessageAlarm', {
      deployment,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(10).toSeconds(),
      periods: 2,
      says: 'The oldest message has waited for ten minutes: the worker is too slow or does not run',
      runbook: 'queue-lags',
    });
  }
}
