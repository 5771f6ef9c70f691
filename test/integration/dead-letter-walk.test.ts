/** A walk through the dead letters of an embedded SQS: each is looked at once, and what stays can be seen by the next walk. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type QueueService, startQueueService } from '@issue-on-behalf/local-cloud/test/queue-service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { walkDeadLetters } from '../../lib/aws/dead-letters.ts';

let service: QueueService;
let client: SQSClient;
let queueUrl: string;

beforeEach(async () => {
  service = await startQueueService(['letters']);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new SQSClient({ ...clientSettings, endpoint: service.origin, region: 'eu-west-1', credentials });
  queueUrl = service.urlOf('letters');
});

afterEach(async () => {
  client.destroy();
  await service.stop();
});

const put = (body: string) => client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));

/** Bodies a walk meets that leaves everything where it is. */
async function seen(): Promise<string[]> {
  const bodies: string[] = [];
  await walkDeadLetters(client, queueUrl, async ({ body }) => {
    bodies.push(body);
    return 'keep';
  });
  return bodies.toSorted();
}

test('what is kept is there for the next walk at once, what is deleted is gone', async () => {
  for (const body of ['a', 'b', 'c']) await put(body);
  expect(await seen()).toEqual(['a', 'b', 'c']);
  await walkDeadLetters(client, queueUrl, async ({ body }) => (body === 'b' ? 'delete' : 'keep'));
  expect(await seen()).toEqual(['a', 'c']);
});

test('a walk that breaks off shows again what it had kept', async () => {
  for (const body of ['a', 'b']) await put(body);
  let judged = 0;
  const broken = walkDeadLetters(client, queueUrl, async () => {
    judged += 1;
    if (judged === 2) throw new Error('broken off');
    return 'keep';
  });
  await expect(broken).rejects.toThrow('broken off');
  expect(await seen()).toHaveLength(1);
});

test('what a letter becomes is not met again: a walk over letters that come back ends', async () => {
  await put('first');
  let judged = 0;
  await walkDeadLetters(client, queueUrl, async () => {
    judged += 1;
    if (judged > 50) throw new Error('the walk runs in circles');
    // A redriven message fails at once and comes here again.
    await new Promise((resolve) => setTimeout(resolve, 5));
    await put(`again ${judged}`);
    return 'delete';
  });
  expect(judged).toBe(1);
  expect(await seen()).toEqual(['again 1']);
});
