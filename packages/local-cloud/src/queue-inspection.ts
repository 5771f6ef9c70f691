/** Reads queues without consuming messages. */
import type { LoopbackClient } from './aws/loopback-client.ts';
import { asArray, asObject, asText } from './template/json.ts';

/** The number of messages in a queue, by state. */
export interface QueueCounts {
  ready: number;
  inFlight: number;
  delayed: number;
}

/** One message in a queue. */
export interface QueuedMessage {
  id: string;
  body: string;
  receives: number;
  attributes: Record<string, string>;
}

async function get(client: LoopbackClient, url: string): Promise<unknown> {
  const answer = await client.send('GET', url, {}, '');
  if (answer.status !== 200) throw new Error(`there is no such queue: ${url.split('/').at(-1)}`);
  return JSON.parse(answer.body.toString());
}

/** The counts of all queues by name. */
export async function countMessages(client: LoopbackClient, origin: string): Promise<Record<string, QueueCounts>> {
  const queues = asArray(await get(client, `${origin}/_fauxqs/queues`)).map(asObject);
  return Object.fromEntries(
    queues.map((queue) => [
      asText(queue['name']) ?? '',
      {
        ready: Number(queue['approximateMessageCount']),
        inFlight: Number(queue['approximateInflightCount']),
        delayed: Number(queue['approximateDelayedCount']),
      },
    ]),
  );
}

/** Every message of a queue, whether visible, delayed or in flight. */
export async function listMessages(client: LoopbackClient, origin: string, name: string): Promise<QueuedMessage[]> {
  const messages = asObject(asObject(await get(client, `${origin}/_fauxqs/queues/${name}`))['messages']);
  const inFlight = asArray(messages['inflight']).map((entry) => asObject(entry)['message']);
  return [...asArray(messages['ready']), ...asArray(messages['delayed']), ...inFlight].map((raw) => {
    const message = asObject(raw);
    const attributes = Object.entries(asObject(message['messageAttributes']));
    return {
      id: asText(message['messageId']) ?? '',
      body: asText(message['body']) ?? '',
      receives: Number(message['approximateReceiveCount']),
      attributes: Object.fromEntries(attributes.map(([key, one]) => [key, asText(asObject(one)['StringValue']) ?? ''])),
    };
  });
}
