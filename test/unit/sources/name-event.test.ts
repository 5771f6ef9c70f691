/** The key of an event without one: the same each time it is sent, another for every other event. */
import { expect, test } from 'vitest';
import { nameEvent } from '../../../lib/sources/name-event.ts';

const body = Buffer.from('{"tier":"Gold"}');
const longest = 'x'.repeat(200);

test.each(['evt_1', '!', longest])('an id the proof covers is the key: %s', (id) => {
  expect(nameEvent(id, body)).toBe(id);
});

test.each(['', 'two words', 'tab\t', 'a\n', 'zoë', `${longest}x`])('%j cannot be a key: its hash is', (id) => {
  const key = nameEvent(id, body);
  expect(key).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(nameEvent(id, Buffer.from('another body'))).toBe(key);
  expect(nameEvent(`${id}.`, body)).not.toBe(key);
});

test('without an id it is the hash of the bytes', () => {
  // `printf '{"tier":"Gold"}' | sha256sum`
  expect(nameEvent(undefined, body)).toBe('sha256:9d98bd049aaf556c78b93c24ef409e4026f379594e64a08d897815525d6ef0b5');
  expect(nameEvent(undefined, Buffer.from('{"tier":"gold"}'))).not.toBe(nameEvent(undefined, body));
});
