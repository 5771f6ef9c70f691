/** Sends dead letters back to the queue, with the sender's own attributes. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { countDeadLetters, type DeadLetter, walkDeadLetters } from '../../lib/aws/dead-letters.ts';
import type { Progress } from '../command-line/progress.ts';
import type { Target } from '../command-line/target.ts';

export interface LettersWish {
  /** Only dead letters with this reason; `none` means dead letters without a reason. */
  reason: string | undefined;
  dryRun: boolean;
}

/** By reason: how many there are, and how many of them were sent back (or would be). */
export type LettersReport = Map<string, { found: number; putBack: number }>;

/** The key for dead letters that SQS itself moved, which have no reason. */
export const noReason = 'none';

/** The message is sent before the dead letter is deleted. If the command is interrupted in between, both exist, which is harmless. */
export async function redriveLetters(target: Target, wish: LettersWish, progress: Progress): Promise<LettersReport> {
  const client = new SQSClient(target.client('messages'));
  const deadLetters = target.output('DeadLetterQueueUrl');
  const total = await countDeadLetters(client, deadLetters);
  const report: LettersReport = new Map();
  let done = 0;
  await walkDeadLetters(client, deadLetters, async (letter) => {
    const reason = letter.reason ?? noReason;
    const meant = wish.reason === undefined || wish.reason === reason;
    const count = report.get(reason) ?? { found: 0, putBack: 0 };
    report.set(reason, count);
    count.found += 1;
    if (meant && !wish.dryRun) await send(client, target.output('QueueUrl'), letter);
    if (meant) count.putBack += 1;
    done += 1;
    progress.show(done, Math.max(total, done));
    return meant && !wish.dryRun ? 'delete' : 'keep';
  });
  progress.end();
  return report;
}

async function send(client: SQSClient, queueUrl: string, { body, attributes }: DeadLetter): Promise<void> {
  const texts = Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
  const own = texts.length === 0 ? {} : { MessageAttributes: Object.fromEntries(texts) };
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, ...own }));
}
