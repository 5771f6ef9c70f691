/** Sends failed and uncertain issuances with one reason back to the queue, or the issuances that these superseded. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { documentClient } from '../../lib/aws/document-client.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { type RedriveReport, type RedriveWish, redrive } from '../../lib/operate/redrive.ts';
import { redriveSuperseded, type SupersededInVain } from '../../lib/operate/redrive-superseded.ts';
import type { RetryPorts } from '../../lib/operate/retry.ts';
import { sayNotUnderstood } from '../command-line/not-understood.ts';
import type { Progress } from '../command-line/progress.ts';
import type { Target } from '../command-line/target.ts';

export async function redriveIssuances(target: Target, wish: RedriveWish, progress: Progress): Promise<RedriveReport> {
  const report = await redrive(wish, portsOf(target), ({ found }) => progress.show(found, undefined));
  progress.end();
  return report;
}

export async function redriveSupersededOnes(
  target: Target,
  wish: RedriveWish,
  progress: Progress,
): Promise<SupersededInVain[]> {
  const all = await redriveSuperseded(wish, portsOf(target), (found) => progress.show(found, undefined));
  progress.end();
  return all;
}

function portsOf(target: Target): RetryPorts {
  const table = documentClient(target.client('tables'));
  return {
    store: issuanceTable(table, target.output('TableName'), sayNotUnderstood),
    slots: slotTable(table, target.output('TableName')),
    queue: issuanceQueue(new SQSClient(target.client('messages')), target.output('QueueUrl')),
    clock: { now: () => new Date() },
    // The records' history shows what the command did; thousands of ids do not belong on the terminal.
    log: { write: () => undefined },
  };
}
