/** Services of AWS that refuse, throttle, drop or do not answer: what the adapters' real clients make of it. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientSettings } from '../../lib/aws/client-settings.ts';
import { issuanceQueue } from '../../lib/aws/issuance-queue.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { pollers } from '../../lib/aws/pollers.ts';
import { issuanceId } from '../../lib/issuance/ids.ts';
import { issuanceIn } from '../fakes/issuance-in.ts';
import { refuse } from '../fakes/refuse-record.ts';
import { type ScriptedService, serviceError, startScriptedService } from '../fakes/scripted-service.ts';
import { World } from '../fakes/world.ts';
import { ask } from './gateway-event.ts';

let service: ScriptedService;

beforeEach(async () => {
  service = await startScriptedService();
});
afterEach(() => service.close());

const body = JSON.stringify({
  program: 'program-a',
  holder: 'ada@example.com',
  claims: { tier: 'Gold' },
  occurredAt: '2026-11-22T08:00:00.000Z',
});

describe('fault 13: the queue', () => {
  const queue = () => {
    const client = new SQSClient({ ...clientSettings, ...service.client, md5: false });
    return issuanceQueue(client, `${service.client.endpoint}/0/issuances`);
  };
  const refused = serviceError('QueueDoesNotExist');
  const down = serviceError('ServiceUnavailable', 503);

  test.each([
    ['refuses', [refused]],
    ['is down for all tries of the client', [down, down, down, down]],
    ['drops every connection', ['drop', 'drop', 'drop', 'drop']],
  ] as const)('%s: 503, and the repeat is accepted', async (_what, answers) => {
    const world = new World();
    service.next(...answers);
    const first = await ask(world, { body }, { queue: queue() });
    expect([first.status, first.json.code, first.headers['retry-after']]).toEqual([503, 'service-unavailable', '5']);
    const again = await ask(world, { body }, { queue: queue() });
    expect([again.status, world.store.all().length]).toEqual([202, 1]);
    expect(service.calls.at(-1)).toMatchObject({ MessageBody: JSON.stringify({ v: 1, id: again.json.id }) });
  });

  test('is down for a moment: nobody notices', async () => {
    service.next(down, 'drop');
    expect((await ask(new World(), { body }, { queue: queue() })).status).toBe(202);
    expect(service.calls).toHaveLength(3);
  });

  test('never answers: neither do we, and nothing says accepted; the repeat is', async () => {
    const world = new World();
    service.next('hang');
    let answered = false;
    const first = ask(world, { body }, { queue: queue() }).finally(() => (answered = true));
    while (service.calls.length === 0) await new Promise(setImmediate);
    expect([answered, world.log.of('issuance-accepted')]).toEqual([false, []]);
    expect((await ask(world, { body }, { queue: queue() })).status).toBe(202);
    await service.close();
    expect((await first).status).toBe(503);
    service = await startScriptedService();
  });
});

describe('fault 22: starting a poller', () => {
  const arn = 'arn:aws:states:eu-west-1:000000000000:stateMachine:poller';
  const started = { body: { executionArn: `${arn}:a`, startDate: 1_795_000_000 } };
  const start = () => {
    const client = new SFNClient({ ...clientSettings, ...service.client });
    return pollers(client, arn, () => new Date('2026-11-22T09:00:00.000Z')).start([
      issuanceId('iss_a'),
      issuanceId('iss_b'),
    ]);
  };

  test('throttled twice: tried again under the same name', async () => {
    const throttled = serviceError('ThrottlingException');
    service.next(throttled, throttled, started);
    await start();
    expect(service.calls).toHaveLength(3);
    expect(new Set(service.calls.map(({ name }) => name)).size).toBe(1);
    const input = { ids: ['iss_a', 'iss_b'], startedAt: '2026-11-22T09:00:00.000Z', round: 0, holds: {} };
    expect(JSON.parse(String(service.calls[0]?.['input']))).toEqual(input);
  });

  test('its answer lost: the name is taken when it is repeated, which is success', async () => {
    service.next('drop', serviceError('ExecutionAlreadyExists'));
    await expect(start()).resolves.toBeUndefined();
    expect(service.calls).toHaveLength(2);
  });

  test('another batch is another execution: its name is not taken', async () => {
    service.next(started, started);
    await start();
    await start();
    expect(new Set(service.calls.map(({ name }) => name)).size).toBe(2);
  });

  test('throttled for all tries of the client: an error, so that the batch comes back', async () => {
    service.next(...Array<ReturnType<typeof serviceError>>(4).fill(serviceError('ThrottlingException')));
    await expect(start()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(service.calls).toHaveLength(4);
  });
});

describe('fault 37: DynamoDB', () => {
  const table = () => {
    const client = new DynamoDBClient({ ...clientSettings, ...service.client });
    return issuanceTable(DynamoDBDocumentClient.from(client), 'issuances', refuse);
  };
  const throttled = serviceError('ProvisionedThroughputExceededException');

  test('throttles twice: written all the same', async () => {
    service.next(throttled, serviceError('ThrottlingException'));
    expect(await table().create(issuanceIn('queued'))).toBeUndefined();
    expect(service.calls).toHaveLength(3);
  });

  test('throttles for all tries of the client: 503 and nothing acknowledged; the repeat is accepted', async () => {
    const world = new World();
    service.next(throttled, throttled, throttled, throttled);
    const first = await ask(world, { body }, { store: table() });
    expect([first.status, first.json.code, world.queue.bodies]).toEqual([503, 'service-unavailable', []]);
    expect((await ask(world, { body }, { store: table() })).status).toBe(202);
    expect(world.queue.bodies).toHaveLength(1);
  });
});
