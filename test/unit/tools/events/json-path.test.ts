/** Paths to members of an event as people type them. */
import { expect, test } from 'vitest';
import { readPath, writePath } from '../../../../tools/events/json-path.ts';

test.each([
  ['type', ['type']],
  ['data.object.customer_email', ['data', 'object', 'customer_email']],
  ['data.lines[0].plan', ['data', 'lines', 0, 'plan']],
  ['data.lines.0.plan', ['data', 'lines', '0', 'plan']],
  ['[3][0].id', [3, 0, 'id']],
  ['["x.y"]["a\\"b"].z', ['x.y', 'a"b', 'z']],
  ['data.created-at', ['data', 'created-at']],
])('%s', (text, path) => {
  expect(readPath(text)).toEqual({ path, rest: '' });
  expect(readPath(writePath(path))?.path).toEqual(path);
});

test('the rest of the text begins after the path', () => {
  expect(readPath('a.b=c.d')).toEqual({ path: ['a', 'b'], rest: '=c.d' });
  expect(readPath('a. b=1')).toEqual({ path: ['a'], rest: '. b=1' });
});

test.each(['', '=', '.a', 'a[x]=1', 'a..b', '[]', '["'])('%j is not read as a whole', (text) => {
  expect(readPath(text)?.rest).not.toBe('');
});

test('a path is written as it is read', () => {
  expect(writePath(['data', 'lines', 0, 'x.y'])).toBe('data.lines[0]["x.y"]');
});
