/** Processes a batch of queue messages: each is deleted, sent again with a delay, or moved to the dead-letter queue. */

import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import pMap from 'p-map';
import type { NewIssuances } from '../../lib/accept/new-issuances.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import { IssuanceError, isKind } from '../../lib/issuance/issuance-error.ts';
import type { IssuanceStore } from '../../lib/issuance/issuance-store.ts';
import type { IssuanceQueue, PollerStarter } from '../../lib/issuance/ports.ts';
import type { Programs } from '../../lib/issuance/program.ts';
import { retryDelaySeconds } from '../../lib/issuance/retry-delay.ts';
import { describeUnexpected } from '../../lib/issuance/unexpected.ts';
import { type SubmitPorts, submit } from '../../lib/submit/submit.ts';
import { type Messages, sendAgain, type TakeInPorts, takeIn, triesOf } from './messages.ts';

export interface WorkerPorts extends SubmitPorts, TakeInPorts {
  store: IssuanceStore & NewIssuances;
  programs: Programs;
  queue: IssuanceQueue;
  pollers: PollerStarter;
  messages: Messages;
  /** Messages processed concurrently. */
  concurrency: number;
}

/** The result of a message. `poll` names an issuance whose status should now be polled. */
type Outcome = { messageId: string; back: boolean; poll?: IssuanceId };

/**
 * A message that meets an internal error each time is no longer sent again after a day (200 attempts, at the end seven
 * minutes apart on average); the queue then makes it a dead letter.
 */
const maxTries = 200;

export async function worker(event: SQSEvent, ports: WorkerPorts): Promise<SQSBatchResponse> {
  const outcomes = await pMap(event.Records, (message) => workOnSafely(message, ports), {
    concurrency: ports.concurrency,
  });
  const toPoll = outcomes.flatMap(({ poll }) => poll ?? []);
  const unpolled = (await startPoller(toPoll, ports))
    ? []
    : await Promise.all(event.Records.filter((_, index) => outcomes[index]?.poll).map((each) => putBack(each, ports)));
  const back = [...outcomes, ...unpolled].filter((outcome) => outcome.back);
  ports.log.write({
    event: 'batch-submitted',
    messages: outcomes.length,
    submitted: toPoll.length,
    returned: back.length,
  });
  const batchItemFailures: SQSBatchItemFailure[] = back.map(({ messageId }) => ({ itemIdentifier: messageId }));
  return { batchItemFailures };
}

/** One execution for the whole batch. If it cannot be started, the messages are delivered again, and only the start is repeated. */
async function startPoller(ids: readonly IssuanceId[], ports: WorkerPorts): Promise<boolean> {
  if (ids.length === 0) return true;
  try {
    await ports.pollers.start(ids);
    return true;
  } catch (error) {
    ports.log.write(describeUnexpected(error, 'worker: start poller'));
    return false;
  }
}

/** A failure of one message never affects the others. */
async function workOnSafely(message: SQSRecord, ports: WorkerPorts): Promise<Outcome> {
  const { messageId } = message;
  try {
    return await workOn(message, ports);
  } catch (error) {
    if (!isKind(error, 'message', 'invalid') || error.code === 'service-unavailable')
      return failed(message, error, ports);
    try {
      await ports.messages.deadLetter(message, error);
      ports.log.write({ event: 'message-dead-lettered', code: error.code, messageId });
      return { messageId, back: false };
    } catch (cause) {
      return failed(message, cause, ports);
    }
  }
}

async function workOn(message: SQSRecord, ports: WorkerPorts): Promise<Outcome> {
  const { messageId } = message;
  const taken = await takeIn(message, ports);
  if (taken === undefined) return { messageId, back: false };
  const result = await submit(taken.own, triesOf(message), ports);
  if (result.end === 'done') return { messageId, back: false, ...(result.poll && { poll: taken.own }) };
  await sendAgain(message, result.delaySeconds, ports);
  return { messageId, back: false };
}

/** An internal error: the message is sent again, with a growing delay. */
function failed(message: SQSRecord, error: unknown, ports: WorkerPorts): Promise<Outcome> {
  const cause = error instanceof IssuanceError ? (error.cause ?? error) : error;
  ports.log.write(describeUnexpected(cause, 'worker'));
  return putBack(message, ports);
}

async function putBack(message: SQSRecord, ports: WorkerPorts): Promise<Outcome> {
  const { messageId } = message;
  if (triesOf(message) > maxTries) return { messageId, back: true };
  try {
    await sendAgain(message, retryDelaySeconds('service-unavailable', triesOf(message), 0, ports.random), ports);
    return { messageId, back: false };
  } catch (failed) {
    // Then it is delivered again after its visibility time-out.
    ports.log.write(describeUnexpected(failed, 'worker: send again'));
    return { messageId, back: true };
  }
}
