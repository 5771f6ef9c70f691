/** An application that is not ours, as its owner would run it: the lines of the README, over HTTP, across a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCloud, synthesize } from '../src/index.ts';
import { until } from './fixtures/running.ts';

const folder = mkdtempSync(join(tmpdir(), 'notes-'));
const app = join(import.meta.dirname, 'fixtures/notes');
let assemblyDir: string;

beforeAll(async () => {
  const outDir = join(folder, 'assembly');
  const synthesis = { app: join(app, 'app.ts'), outDir, cacheKeyFiles: [app] };
  ({ assemblyDir } = await synthesize(synthesis));
  expect(await synthesize(synthesis)).toEqual({ assemblyDir: outDir, cached: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

async function read(apiUrl: string, id: string): Promise<unknown> {
  const answer = await fetch(`${apiUrl}/notes/${id}`);
  return answer.status === 200 ? answer.json() : undefined;
}

it('refuses what the stack does not grant, and says who lacks which permission', async () => {
  const log: string[] = [];
  const options = { assemblyDir, stateDir: join(folder, 'refused'), onLog: (line: string) => void log.push(line) };
  const cloud = await startCloud(options);
  try {
    const body = JSON.stringify({ id: 'two', text: 'allowed' });
    expect((await fetch(`${cloud.apiUrl}/notes`, { method: 'POST', body })).status).toBe(202);
    expect((await fetch(`${cloud.apiUrl}/notes`, { method: 'DELETE' })).status).toBe(500);
  } finally {
    await cloud.stop();
  }
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(
    /^Access denied: Notes-NotesFunction\w+, under its role Notes-NotesFunctionServiceRole\w+, may not sqs:PurgeQueue on arn:aws:sqs:us-east-1:000000000000:Notes-Queue\w+: no policy of the role allows it$/,
  );
});

it('takes a note over the API, through queue and function, into the table, and keeps it', async () => {
  const log: string[] = [];
  const options = { assemblyDir, stateDir: join(folder, 'state'), onLog: (line: string) => void log.push(line) };
  const note = { id: 'one', text: 'buy milk' };
  const first = await startCloud(options);
  try {
    expect(first.outputs).toEqual({ ApiUrl: first.apiUrl });
    expect((await fetch(`${first.apiUrl}/notes/one`)).status).toBe(404);
    const body = JSON.stringify(note);
    expect((await fetch(`${first.apiUrl}/notes`, { method: 'POST', body })).status).toBe(202);
    expect(await until('the note is there', () => read(first.apiUrl, 'one'))).toEqual(note);
    expect((await fetch(`${first.apiUrl}/other`)).status).toBe(404);
  } finally {
    await first.stop();
  }
  const second = await startCloud(options);
  try {
    expect(await read(second.apiUrl, 'one')).toEqual(note);
  } finally {
    await second.stop();
  }
  expect(log).toEqual([]);
});
