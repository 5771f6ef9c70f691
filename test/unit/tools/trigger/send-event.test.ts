/** Sending an event: what the API answers, and one line if it cannot be reached. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { UsageError } from '../../../../tools/command-line/usage-error.ts';
import { describeSent, isTaken } from '../../../../tools/trigger/describe-sent.ts';
import { sendEvent } from '../../../../tools/trigger/send-event.ts';

const secret = 'a-token-of-the-sender';
let server: Server | undefined;

afterEach(() => server?.close());

/** An API that gives this answer; gives its address and the request that it got. */
async function api(status: number, body: string, headers: Record<string, string> = {}) {
  const got: IncomingMessage[] = [];
  server = createServer((request, response) => {
    got.push(request);
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1/events/shop`, got };
}

function send(url: string, scheme: 'bearer' | 'path-token' = 'bearer') {
  const endpoint = { url, secret, proof: { scheme }, settings: { proof: { scheme }, rules: [], queue: undefined } };
  return sendEvent(endpoint, { body: Buffer.from('{}'), headers: { 'x-kind': 'order' }, id: 'msg_1' });
}

const describe202 = (answer: Awaited<ReturnType<typeof send>>, state?: string) =>
  describeSent({ answer, changed: ['id', 'created'], source: 'shop', event: 'order.json' }, state);

describe('the answer', () => {
  test('accepted: the id, the rule, what was changed, and how to follow it', async () => {
    const { url, got } = await api(202, '{"id":"iss_1","rule":"paid"}', { location: '/v1/issuances/iss_1' });
    const answer = await send(url);
    expect(got[0]?.headers).toMatchObject({ 'x-kind': 'order', authorization: `Bearer ${secret}` });
    expect(isTaken(answer)).toBe(true);
    expect(describe202(answer)).toBe(
      [
        'order.json to shop: 202, accepted by the rule paid: iss_1',
        '  new in it  id, created',
        `  next       curl -s ${new URL('/v1/issuances/iss_1', url)} -H "authorization: Bearer $TOKEN"`,
      ].join('\n'),
    );
    expect(describe202(answer, '.local')).toContain(`.local/sources.json')['shop'].token")`);
  });

  test.each<[string, number, string, boolean, RegExp]>([
    [
      'refused',
      422,
      '{"code":"claims-invalid","detail":"rule paid: no","advice":"Do it"}',
      false,
      /422 claims-invalid: .*\n.*\n {2}advice +Do it/,
    ],
    [
      'acknowledged, and not used',
      200,
      '{"ignored":true,"code":"rule-failed"}',
      false,
      /200 rule-failed\n.*\n {2}advice +\w+/,
    ],
    ['ignored', 200, '{"ignored":true}', true, /200, ignored: no rule[\s\S]*npx iob try --source shop/],
    [
      'several, one of which is not used',
      200,
      '{"results":[{"id":"iss_1","rule":"a"},{"ignored":true,"code":"rule-failed"}]}',
      false,
      /200, accepted by the rule a: iss_1; not used: rule-failed/,
    ],
    [
      'several',
      200,
      '{"results":[{"id":"iss_1","rule":"a"},{"ignored":true}]}',
      true,
      /200, accepted by the rule a: iss_1; ignored/,
    ],
    ['no JSON', 502, 'Bad Gateway', false, /502, without a JSON answer/],
  ])('%s', async (_, status, body, taken, text) => {
    const answer = await send((await api(status, body)).url);
    expect(isTaken(answer)).toBe(taken);
    expect(describe202(answer)).toMatch(text);
  });
});

describe('one line, without the token in the address', () => {
  test('nothing listens there', async () => {
    const { url } = await api(200, '{}');
    await new Promise((done) => server?.close(done));
    const error = await send(url, 'path-token').then(
      () => expect.unreachable(),
      (thrown: Error) => thrown,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(`${new URL(url).origin} cannot be reached (ECONNREFUSED): is the system running?`);
  });

  test('it points somewhere else', async () => {
    const { url } = await api(307, '', { location: 'https://example.com/' });
    await expect(send(url, 'path-token')).rejects.toThrow(UsageError);
  });
});
