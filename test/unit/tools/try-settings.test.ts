/** `iob try --settings`: a source is tried before it is in the configuration. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { runCommandLine } from '../../../tools/command-line/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'try-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function tryWith(settings: string, ...more: string[]) {
  const out = vi.spyOn(console, 'log').mockReturnValue();
  const err = vi.spyOn(console, 'error').mockReturnValue();
  try {
    const event = ['--event', 'config/examples/tito/checked-in.json', ...more];
    const status = await runCommandLine(['try', '--source', 'tito', '--settings', settings, ...event]);
    return { status, stdout: out.mock.calls.flat().join('\n'), stderr: err.mock.calls.flat().join('\n') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('the settings come from the file, and the headers from beside the event', async () => {
  const { status, stdout } = await tryWith('config/examples/tito/source.json', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'accepted', rule: 'checked-in', holder: 'mary@example.com' });
});

test.each([
  ['there is no such file', () => join(folder, 'nowhere.json'), 'There is no file'],
  ['it is not JSON', () => written('broken.json', '{'), 'broken.json is not JSON'],
  ['it has no rules', () => written('empty.json', '{}'), 'empty.json in config/dev.json: sources.tito.rules'],
])('status 2 if %s', async (_, settings, message) => {
  const { status, stderr } = await tryWith(settings());
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
