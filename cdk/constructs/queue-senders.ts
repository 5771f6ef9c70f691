/** The other senders that may use the queue: accounts and roles, SNS topics, EventBridge rules. */
import { AccountPrincipal, ArnPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Environment } from '../../lib/config/environment.ts';

/** Adds the senders in the environment's file to the queue's policy. By default only our own functions may send. */
export function allowSenders(queue: Queue, { queueSenders, sources }: Environment): void {
  const entries = Object.values(sources).flatMap(({ queue }) => queue ?? []);
  const principals = [...queueSenders, ...entries.flatMap((entry) => entry.principals)];
  const topics = entries.flatMap((entry) => entry.snsTopics);
  const rules = entries.flatMap((entry) => entry.eventBridge.map(({ rule }) => rule));
  const allow = (statement: ConstructorParameters<typeof PolicyStatement>[0]) =>
    queue.addToResourcePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn], ...statement }),
    );
  if (principals.length > 0) allow({ sid: 'OtherSystems', principals: unique(principals).map(principalOf) });
  if (topics.length > 0) allow({ sid: 'Topics', ...through('sns.amazonaws.com', topics) });
  if (rules.length > 0) allow({ sid: 'Rules', ...through('events.amazonaws.com', rules) });
}

/** The service sends on behalf of any customer, so these topics or rules are allowed, not the service as a whole. */
function through(service: string, arns: readonly string[]) {
  return {
    principals: [new ServicePrincipal(service)],
    conditions: { ArnEquals: { 'aws:SourceArn': unique(arns) } },
  };
}

function principalOf(principal: string) {
  return /^\d{12}$/.test(principal) ? new AccountPrincipal(principal) : new ArnPrincipal(principal);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
