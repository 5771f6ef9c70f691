/** Which invocations of the local system are deliveries of a source, and what of them is passed on. */
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../../../lib/config/load-environment.ts';
import { deliveriesIn } from '../../../../local/deliveries/delivery.ts';
import { recentDeliveries } from '../../../../local/deliveries/recent-deliveries.ts';

const { sources } = loadEnvironment('local');
const webhook = {
  routeKey: 'POST /v1/events/{source}',
  pathParameters: { source: 'shop' },
  headers: { 'x-shopify-topic': 'orders/paid', authorization: 'Bearer secret-token', cookie: 'a=secret-cookie' },
  body: 'e30=',
  isBase64Encoded: true,
};
const answer = { statusCode: 202, body: '{"rule":"order-paid"}' };
const of = (event: unknown, result: unknown = answer) => deliveriesIn({ functionName: 'f', event, result }, sources);

describe('a webhook', () => {
  test('with its bytes, its headers and the answer', () => {
    expect(of(webhook)).toMatchObject([
      { source: 'shop', by: 'webhook', body: 'e30=', answer: { status: 202, body: answer.body } },
    ]);
    expect(of({ ...webhook, body: '{"a":"ä"}', isBase64Encoded: false })[0]?.body).toBe(
      Buffer.from('{"a":"ä"}').toString('base64'),
    );
  });

  test('without the headers that prove who the sender is', () => {
    expect(JSON.stringify(of(webhook))).not.toContain('secret-');
    expect(of(webhook)[0]?.headers).toEqual({ 'x-shopify-topic': 'orders/paid' });
  });

  test('the function failed: the gateway answered 500', () => {
    expect(deliveriesIn({ functionName: 'f', event: webhook, result: undefined }, sources)).toMatchObject([
      { answer: { status: 500 } },
    ]);
  });

  test('without the header in which the source sends its token', () => {
    const invocation = {
      functionName: 'f',
      event: { ...webhook, headers: { ...webhook.headers, 'x-gitlab-token': 'secret-token' } },
      result: answer,
    };
    const shop = { rules: [], proof: { scheme: 'gitlab' as const }, queue: undefined };
    const [delivery] = deliveriesIn(invocation, { ...sources, shop });
    expect(delivery?.headers).toEqual({ 'x-shopify-topic': 'orders/paid' });
  });

  test('with its token in the path: the token is not passed on', () => {
    const byToken = {
      ...webhook,
      routeKey: 'POST /v1/events/{source}/{token}',
      pathParameters: { source: 'shop', token: 'secret-token' },
      rawPath: '/v1/events/shop/secret-token',
    };
    expect(of(byToken)).toMatchObject([{ source: 'shop', answer: { status: 202 } }]);
    expect(JSON.stringify(of(byToken))).not.toContain('secret-');
  });

  test('requests on other routes are none', () => {
    expect(of({ ...webhook, routeKey: 'POST /v1/issuances' })).toEqual([]);
  });
});

describe('a message', () => {
  const record = (body: string, source?: string) => ({
    Records: [{ body, messageAttributes: source === undefined ? {} : { Source: { stringValue: source } } }],
  });

  test('of a source that may use the queue', () => {
    expect(of(record('{"action":"tier_changed"}', 'loyalty-system'))).toMatchObject([
      { source: 'loyalty-system', by: 'message', headers: { source: 'loyalty-system' } },
    ]);
  });

  test.each([
    ['our own', '{"id":"iss_1"}', undefined],
    ['of another source', '{}', 'shop'],
    ['not JSON', 'text', 'loyalty-system'],
  ])('%s: none', (_, body, source) => {
    expect(of(record(body, source))).toEqual([]);
  });
});

test.each([undefined, null, 'text', 7, {}, { Records: 7 }])('an invocation with %j is none', (event) => {
  expect(of(event)).toEqual([]);
});

describe('the latest deliveries', () => {
  const delivery = (id: string, size = 0) => ({
    ...{ id, at: '', source: 'shop', by: 'webhook' as const, headers: {} },
    body: 'x'.repeat(size),
  });
  const heard = (recent: ReturnType<typeof recentDeliveries>) => {
    const ids: string[] = [];
    recent.listen(({ id }) => void ids.push(id))();
    return ids;
  };

  test('are passed on to a later listener, the oldest first; and new ones while it listens', () => {
    const recent = recentDeliveries();
    recent.add(delivery('1'));
    const ids: string[] = [];
    const stop = recent.listen(({ id }) => void ids.push(id));
    recent.add(delivery('2'));
    stop();
    recent.add(delivery('3'));
    expect(ids).toEqual(['1', '2']);
    expect(heard(recent)).toEqual(['1', '2', '3']);
  });

  test('are limited in number and in bytes', () => {
    const few = recentDeliveries(2);
    for (const id of ['1', '2', '3']) few.add(delivery(id));
    expect(heard(few)).toEqual(['2', '3']);
    const small = recentDeliveries(100, 10);
    for (const id of ['1', '2', '3']) small.add(delivery(id, 4));
    expect(heard(small)).toEqual(['2', '3']);
    small.add(delivery('huge', 11));
    expect(heard(small)).toEqual([]);
    small.add(delivery('5', 10));
    expect(heard(small)).toEqual(['5']);
  });
});
