/** HTTP, queues, schedules, rotation and the site reach the functions as they do in the cloud. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '../src/cloud.ts';
import { clientsFor, row, until, workplace } from './fixtures/running.ts';

const work = workplace();
const log: string[] = [];
let cloud: Cloud;

beforeAll(async () => {
  const onLog = (line: string): number => log.push(line);
  cloud = await startCloud({ assemblyDir: work.assemblyDir, stateDir: work.path('state'), onLog });
});
afterAll(async () => {
  await cloud.stop();
  work.remove();
});

const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${cloud.apiUrl}${path}`, init);

interface Echo {
  event: Record<string, unknown> & { headers: Record<string, string>; requestContext: { http: object } };
}

async function echo(path: string, init?: RequestInit): Promise<Echo['event']> {
  return ((await (await call(path, init)).json()) as Echo).event;
}

describe('the HTTP API', () => {
  it('gives the function a payload of format 2.0', async () => {
    const headers = { 'X-Custom': 'Value', cookie: 'a=1; b=2', 'content-type': 'application/json' };
    const event = await echo('/echo/some/path?q=1&q=2&r=%20x', { method: 'PUT', headers, body: '{"a":"ä"}' });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{proxy+}',
      rawPath: '/echo/some/path',
      rawQueryString: 'q=1&q=2&r=%20x',
      queryStringParameters: { q: '1,2', r: ' x' },
      pathParameters: { proxy: 'some/path' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-custom': 'Value' },
      body: '{"a":"ä"}',
      isBase64Encoded: false,
      requestContext: { stage: '$default', http: { method: 'PUT', path: '/echo/some/path', sourceIp: '127.0.0.1' } },
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('hands over bodies that are not text in base64', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const event = await echo('/echo/form', { method: 'POST', headers, body: 'a=b' });
    expect(event).toMatchObject({ body: 'YT1i', isBase64Encoded: true });
  });

  it('leaves out what a request does not have', async () => {
    const event = await echo('/entries/42');
    expect(event).toMatchObject({ routeKey: 'GET /entries/{id}', pathParameters: { id: '42' } });
    for (const absent of ['body', 'cookies', 'queryStringParameters']) expect(event).not.toHaveProperty(absent);
  });

  it('writes status, cookies and binary bodies, and takes a result without status for a JSON body', async () => {
    expect((await call('/echo/x')).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const binary = await call('/echo/binary');
    expect([...new Uint8Array(await binary.arrayBuffer())]).toEqual([0, 1, 2, 255]);
    const plain = await call('/echo/plain');
    expect([plain.status, plain.headers.get('content-type'), await plain.text()]).toEqual([
      200,
      'application/json',
      '{"hello":"world"}',
    ]);
  });

  it('answers itself what no route and no function answers', async () => {
    const answers = async (path: string, init?: RequestInit) => {
      const answer = await call(path, init);
      return [answer.status, await answer.json()];
    };
    expect(await answers('/nowhere')).toEqual([404, { message: 'Not Found' }]);
    expect(await answers('/entries', { method: 'DELETE' })).toEqual([404, { message: 'Not Found' }]);
    expect(await answers('/entries/1/2')).toEqual([404, { message: 'Not Found' }]);
    expect(await answers('/echo/fail')).toEqual([500, { message: 'Internal Server Error' }]);
    const large = { method: 'POST', headers: { 'x-large': 'x'.repeat(11_000) }, body: '{}' };
    expect((await answers('/entries', large))[0]).toBe(431);
  });

  it('refuses bodies over 10 MB', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${cloud.apiUrl}/echo/large`, { method: 'POST' }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      // The server may close before it has read everything.
      sent.on('error', reject);
      sent.write(Buffer.alloc(10 * 1024 * 1024 + 1));
      sent.end();
    });
    expect(status).toBe(413);
  });

  it('logs requests without path and query', async () => {
    await call('/entries/secret-id?token=secret-token');
    const line = await until('the access log', async () => {
      const lines = readFileSync(work.path('state/access.log'), 'utf8');
      return lines.includes('GET /entries/{id} 200') && lines;
    });
    expect(line).not.toContain('secret');
  });
});

describe('the queue', () => {
  const counts = async () => (await cloud.queues.counts())['fixture-entries'];
  const empty = () =>
    until('the queue is empty', async () => {
      const now = await counts();
      return now !== undefined && now.ready + now.inFlight + now.delayed === 0;
    });

  it('feeds the worker what the API accepted, with its attributes', async () => {
    const headers = { 'content-type': 'application/json' };
    const accepted = await call('/entries', { method: 'POST', headers, body: JSON.stringify({ id: 'fed' }) });
    expect(accepted.status).toBe(202);
    const seen = await until('the worker', async () => (await row(cloud, 'fed'))?.['seen']);
    expect(JSON.parse(seen)).toMatchObject({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: '{"id":"fed"}',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) },
      messageAttributes: {
        kind: { stringValue: 'entry', dataType: 'String', stringListValues: [], binaryListValues: [] },
      },
      md5OfBody: expect.any(String),
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/:fixture-entries$/),
      awsRegion: 'us-east-1',
    });
    await empty();
  });

  it('brings back only what failed, and gives it up to the dead-letter queue', async () => {
    const { queue } = clientsFor(cloud.endpoints);
    const QueueUrl = cloud.outputs['QueueUrl'];
    const send = (entry: object) =>
      queue.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(entry) }));
    await Promise.all([send({ id: 'good' }), send({ id: 'bad', fail: true })]);
    const [name = ''] = cloud.queues.deadLetterNames;
    const dead = await until('the dead letter', async () => (await cloud.queues.messages(name))[0]);
    expect(JSON.parse(dead.body)).toEqual({ id: 'bad', fail: true });
    expect(await row(cloud, 'good')).toMatchObject({ receives: '1' });
    expect(await row(cloud, 'bad')).toMatchObject({ receives: '2' });
    await empty();
  });
});

describe('schedules, rotation and site', () => {
  it('runs a schedule on demand, with the input of its target', async () => {
    await cloud.runSchedule('Schedule');
    expect(await row(cloud, 'ticks')).toMatchObject({ asked: '1', event: '{"hello":"tick"}' });
    await expect(cloud.runSchedule('Nothing')).rejects.toThrow('0 schedules are called Nothing');
  });

  it('rotates in four steps on demand', async () => {
    const [name = ''] = cloud.secrets.names;
    const before = cloud.secrets.get(name) ?? '';
    await cloud.rotateSecret(name);
    expect(cloud.secrets.get(name)).toBe(`${before}+`);
  });

  it('serves the bucket’s objects, and denies what is not there', async () => {
    const jwks = await fetch(cloud.outputs['JwksUrl'] ?? '');
    expect([jwks.status, jwks.headers.get('content-type'), jwks.headers.get('cache-control')]).toEqual([
      200,
      'application/json',
      'max-age=60',
    ]);
    expect(await jwks.text()).toBe('{"keys":[]}');
    const cached = { headers: { 'if-none-match': jwks.headers.get('etag') ?? '' } };
    expect((await fetch(cloud.outputs['JwksUrl'] ?? '', cached)).status).toBe(304);
    expect((await fetch(`${cloud.siteUrl}/other.json`)).status).toBe(403);
    expect((await fetch(`${cloud.siteUrl}/`)).status).toBe(403);
    expect((await fetch(cloud.outputs['JwksUrl'] ?? '', { method: 'PUT', body: 'x' })).status).toBe(405);
  });
});
