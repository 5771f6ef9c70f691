/** The topic for alarms: encrypted, with the recipient that the environment names. */
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** The topic that the environment names, or a new topic with a subscription of its `alarmEmail`. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(
    scope: Construct,
    id: string,
    props: { key: IKey; email: string | undefined; topicArn: string | undefined },
  ) {
    super(scope, id);
    this.topic =
      props.topicArn === undefined ? this.ownTopic(props) : Topic.fromTopicArn(this, 'Topic', props.topicArn);
  }

  private ownTopic(props: { key: IKey; email: string | undefined }): Topic {
    const topic = new Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    // A topic with an explicit policy loses the default policy, which allows the account's alarms to publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (props.email !== undefined) topic.addSubscription(new EmailSubscription(props.email));
    return topic;
  }
}
