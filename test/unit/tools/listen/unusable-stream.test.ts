/** Unusable events as deliveries: each once, oldest first, without those that are gone or were too large. */
import { expect, test } from 'vitest';
import type { UnusableEvent } from '../../../../lib/issuance/unusable-events.ts';
import { unusableDeliveries } from '../../../../tools/listen/unusable-stream.ts';

const event = (id: string, at: string): UnusableEvent => ({
  ...{ id, at, source: 'shop', code: 'rule-failed', dropAt: '2026-12-11T12:00:00.000Z' },
});
const payload = { headers: { 'x-shopify-topic': 'orders/paid' }, body: Buffer.from('{"a":"ä"}') };

test('those that are kept, and those that follow', async () => {
  const stopping = new AbortController();
  const looks = [
    [event('later', '2026-11-27T12:00:02.000Z'), event('earlier', '2026-11-27T12:00:01.000Z')],
    [event('later', '2026-11-27T12:00:02.000Z'), event('large', '2026-11-27T12:00:03.000Z')],
    [event('gone', '2026-11-27T12:00:04.000Z'), event('last', '2026-11-27T12:00:05.000Z')],
  ];
  const tooLarge: string[] = [];
  const heard: unknown[] = [];
  const deliveries = unusableDeliveries({
    list: async () => looks.shift() ?? [],
    async get(id) {
      if (id === 'gone') return undefined;
      return { event: event(id, '2026-11-27T12:00:00.000Z'), payload: id === 'large' ? undefined : payload };
    },
    signal: stopping.signal,
    onTooLarge: ({ id }) => void tooLarge.push(id),
    everyMs: 1,
  });
  for await (const { id, headers, body, answer } of deliveries) {
    heard.push(id);
    expect([headers, Buffer.from(body, 'base64').toString('utf8')]).toEqual([payload.headers, '{"a":"ä"}']);
    expect(answer).toEqual({ status: 200, body: '{"ignored":true,"code":"rule-failed"}' });
    if (id === 'last') stopping.abort();
  }
  expect([heard, tooLarge]).toEqual([['earlier', 'later', 'last'], ['large']]);
});
