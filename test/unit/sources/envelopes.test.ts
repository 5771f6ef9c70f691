/** Events in envelopes: CloudEvents as the CNCF's own package writes them, SNS and EventBridge as AWS documents them. */
import { CloudEvent, HTTP } from 'cloudevents';
import { describe, expect, test } from 'vitest';
import { isCloudEvent } from '../../../lib/sources/envelopes/cloud-events.ts';
import { readObject } from '../../../lib/sources/envelopes/source-event.ts';
import { unwrapMessage, unwrapWebhook } from '../../../lib/sources/envelopes/unwrap.ts';

const data = { wallet: { externalKey: 'key-1' } };
const event = new CloudEvent({
  id: 'A234-1234-1234',
  source: 'https://wallet.example.com/units',
  type: 'wallet.created',
  time: '2026-11-22T08:00:00Z',
  subject: 'wallet/1',
  data,
});

/** Header names as the gateway gives them. */
const lower = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

const sns = (message: object, changes: object = {}) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
  Subject: 'paid',
  Message: JSON.stringify(message),
  Timestamp: '2026-11-22T08:00:00.000Z',
  SignatureVersion: '1',
  Signature: 'EXAMPLE',
  ...changes,
});

const eventBridge = (detail: unknown) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'Order Paid',
  source: 'com.example.shop',
  account: '111122223333',
  time: '2026-11-22T08:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
});

describe('CloudEvents', () => {
  test('in structured mode give their data, and an id that the body carries', () => {
    const { body, headers } = HTTP.structured(event);
    const unwrapped = unwrapWebhook(JSON.parse(String(body)), lower(headers), readObject);
    expect(unwrapped).toMatchObject({ data, time: '2026-11-22T08:00:00.000Z', id: `${event.source}#${event.id}` });
    expect(unwrapped.attributes).toMatchObject({ type: 'wallet.created', subject: 'wallet/1' });
  });

  test('in binary mode give their data; an id in a header is no name for them', () => {
    const { body, headers } = HTTP.binary(event);
    const unwrapped = unwrapWebhook(JSON.parse(String(body)), lower(headers), readObject);
    expect(unwrapped).toMatchObject({ data, time: '2026-11-22T08:00:00.000Z' });
    expect(unwrapped.attributes).toMatchObject({ id: event.id, type: 'wallet.created', source: event.source });
    expect(unwrapped.id).toBeUndefined();
  });

  test('with data as text or in base64', () => {
    const { data: _, ...attributes } = event.toJSON();
    const encoded = Buffer.from(JSON.stringify(data)).toString('base64');
    expect(unwrapWebhook({ ...attributes, data_base64: encoded }, {}, readObject).data).toEqual(data);
    expect(unwrapWebhook({ ...attributes, data: JSON.stringify(data) }, {}, readObject).data).toEqual(data);
    expect(unwrapWebhook(attributes, {}, readObject).data).toEqual({});
  });

  test.each<[string, object, string]>([
    ['another version', { specversion: '0.3' }, 'specversion must be 1.0'],
    ['an id that is not a string', { id: 7 }, 'id must be a string'],
    ['an empty type', { type: '' }, 'type must be a string'],
    ['data that is no object', { data: [1] }, 'data must be an object'],
    ['data_base64 that is no JSON', { data: undefined, data_base64: '!!!' }, 'data_base64 must be JSON'],
  ])('with %s are refused', (_, changes, message) => {
    const body = JSON.parse(JSON.stringify({ ...event.toJSON(), ...changes }));
    expect(() => unwrapWebhook(body, {}, readObject)).toThrow(message);
  });

  test('that lack an attribute are taken for what they are: JSON of the sender’s own', () => {
    expect(isCloudEvent({ specversion: '1.0', id: 'a', type: 'b' })).toBe(false);
  });
});

describe('queue messages', () => {
  test('of SNS', () => {
    expect(unwrapMessage(sns(data), readObject)).toMatchObject({
      data,
      id: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      time: '2026-11-22T08:00:00.000Z',
      attributes: { type: 'paid' },
    });
  });

  test('of EventBridge', () => {
    expect(unwrapMessage(eventBridge(data), readObject)).toMatchObject({
      data,
      id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
      attributes: { type: 'Order Paid', source: 'com.example.shop', account: '111122223333' },
    });
  });

  test('in several envelopes', () => {
    const inner = unwrapMessage(sns(eventBridge(event.toJSON())), readObject);
    expect(inner).toMatchObject({ data, id: `${event.source}#${event.id}`, attributes: { type: 'wallet.created' } });
  });

  test('in none', () => {
    expect(unwrapMessage(data, readObject)).toEqual({ data, attributes: {} });
  });

  test.each<[string, unknown]>([
    ['SNS with text that is no JSON', sns({}, { Message: 'hello' })],
    ['SNS with a list', sns([1] as unknown as object)],
    ['EventBridge without detail', eventBridge(null)],
    ['a list', [1]],
    ['null', null],
    ['a string', 'x'],
  ])('that are %s are refused', (_, body) => {
    expect(() => unwrapMessage(body, readObject)).toThrow('must be');
  });

  test.each(['__proto__', 'constructor', 'prototype', '_jsonata_function', '_jsonata_lambda'])(
    'fault 32: a member called %s is refused, however deep',
    (name) => {
      const hostile = JSON.parse(`{"a":[{"b":{${JSON.stringify(name)}:true}}]}`);
      for (const body of [hostile, sns(hostile), eventBridge(hostile)]) {
        expect(() => unwrapMessage(body, readObject)).toThrow('reserved name');
      }
    },
  );
});
