/** An unexpected error in the log: its kind and where it happened, and nothing that its message may repeat. */
import { expect, test } from 'vitest';
import { describeUnexpected } from '../../../lib/issuance/unexpected.ts';

function failing(message: string, cause?: Error): Error {
  const error = new TypeError(message, { cause });
  error.stack = `TypeError: ${message}\n    at one (index.js:1:2)\n    at two (index.js:3:4)\n    at three (a)\n    at four (b)\n    at five (c)`;
  return error;
}

test('has the name, the innermost four frames and the name of the cause', () => {
  expect(describeUnexpected(failing('no', new RangeError('ada@example.com')), 'worker')).toEqual({
    event: 'unexpected-error',
    where: 'worker',
    name: 'TypeError',
    at: 'one (index.js:1:2) < two (index.js:3:4) < three (a) < four (b)',
    causedBy: 'RangeError',
  });
});

test.each(['for ada@example.com', 'for\n    at ada@example.com', '    at ada@example.com\n    at Gold'])(
  'has nothing of a message, even one that looks like frames: %j',
  (message) => {
    const described = describeUnexpected(failing(message), 'worker');
    expect(JSON.stringify(described)).not.toMatch(/ada|Gold/);
    expect(described.at).toMatch(/^one /);
  },
);

test.each(['ada@example.com', undefined, { holder: 'ada@example.com' }])('has only the type of %j', (thrown) => {
  expect(describeUnexpected(thrown, 'worker')).toEqual({
    event: 'unexpected-error',
    where: 'worker',
    name: typeof thrown,
    at: '',
  });
});

test('an error whose stack does not repeat its message still has its frames', () => {
  const error = new Error('first');
  error.stack = 'Error\n    at one (index.js:1:2)';
  expect(describeUnexpected(error, 'worker').at).toBe('one (index.js:1:2)');
});
