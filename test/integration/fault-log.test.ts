/** Whatever gets into a field of the log: one entry is one line of JSON, escaped and short. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const script = join(import.meta.dirname, '../fixtures/log/write-hostile.ts');
const env = { POWERTOOLS_SERVICE_NAME: 'issuing', POWERTOOLS_METRICS_NAMESPACE: 'issuing', PATH: process.env['PATH'] };

/** Lines of both outputs after every entry was written with this text, and so many characters more. */
async function linesWith(text: string, more = 0): Promise<string[]> {
  const given = [script, Buffer.from(text).toString('base64'), String(more)];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, given, { env, maxBuffer: 2 ** 26 });
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}

describe('fault 34: a field of the log', () => {
  test.each([
    ['line breaks', 'a\r\nb\nc\u2028d\u2029e\u0085f'],
    ['ANSI', '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b31m'],
    ['fake JSON', '"}\n{"level":"ERROR","message":"message-dead-lettered","function":"worker"}'],
    ['zeros and backspaces', 'a\u0000b\b\b\bc\u007f'],
    ['a lone surrogate', 'a\ud800b'],
  ])('with %s is part of one line', async (_what, text) => {
    const lines = await linesWith(text);
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const messages = entries.flatMap(({ message }) => (message === undefined ? [] : [message]));
    expect(messages.toSorted()).toEqual(['issuance-accepted', 'request-refused', 'rule-failed', 'unexpected-error']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
  });

  test('of a megabyte is cut', async () => {
    const lines = await linesWith('', 2 ** 20);
    const longest = Math.max(...lines.map((line) => line.length));
    expect(longest).toBeLessThan(2000);
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object');
  });

  test('cut in the middle of a character is still well-formed text', async () => {
    const lines = await linesWith(`x${'\u{1f600}'.repeat(200)}`);
    for (const line of lines) expect(line.toLowerCase()).not.toMatch(/\\ud[89a-f]/);
  });
});
