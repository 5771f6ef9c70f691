/** Describes for the operator how a test of an alarm ended. */
import type { TopicTest } from './test-alarm.ts';

/** Whether someone has received the message, as far as AWS says. */
export function arrived(tests: readonly TopicTest[]): boolean {
  return tests.every(({ published, receivers }) => published === 'yes' && receivers?.confirmed !== 0);
}

export function describeTest(name: string, tests: readonly TopicTest[]): string {
  return [`Alarm ${name}`, ...tests.flatMap(describeTopic)].join('\n');
}

function describeTopic({ topic, published, failure, receivers }: TopicTest): string[] {
  const sent = {
    yes: 'CloudWatch published the message',
    no: `CloudWatch could NOT publish the message: ${failure}`,
    unknown: 'CloudWatch did not say within a minute whether it published: look at the alarm’s history in the console',
  } as const;
  return [`  ${topic}`, `    ${sent[published]}`, `    ${describeReceivers(receivers)}`];
}

function describeReceivers(receivers: TopicTest['receivers']): string {
  if (receivers === undefined) return 'who receives it cannot be listed with these credentials';
  const { confirmed, waiting } = receivers;
  const open =
    waiting === 0 ? '' : `; ${waiting} must still confirm: the link is in the e-mail "Subscription Confirmation"`;
  if (confirmed === 0) return `NOBODY receives it: no subscription is confirmed${open}`;
  return `${confirmed} ${confirmed === 1 ? 'receiver has' : 'receivers have'} a confirmed subscription${open}`;
}
