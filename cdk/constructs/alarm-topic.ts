/** The topic for alarms: encrypted, with the recipient that the environment names. */
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/**
 * The topic that the environment names, or our own topic with a subscription of its `alarmEmail`. Our own topic always exists, so
 * that the environment can change to a topic of its own: the stateless stack imports ours until it is deployed too.
 */
export class AlarmTopic extends Construct {
  /** Receives the alarms. */
  readonly topic: ITopic;
  readonly ownTopic: ITopic;

  constructor(
    scope: Construct,
    id: string,
    props: { key: IKey; email: string | undefined; topicArn: string | undefined },
  ) {
    super(scope, id);
    const { key, email, topicArn } = props;
    const topic = this.createTopic(key);
    this.ownTopic = topic;
    this.topic = topicArn === undefined ? topic : Topic.fromTopicArn(this, 'Named', topicArn);
    if (topicArn === undefined && email !== undefined) topic.addSubscription(new EmailSubscription(email));
  }

  private createTopic(key: IKey): Topic {
    const topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    const { partition, region, account } = Stack.of(this);
    // A topic with an explicit policy loses the default policy, which allows the account's alarms to publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html, the case of CloudWatch alarms.
        conditions: { ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` } },
      }),
    );
    return topic;
  }
}
