/** A start that cannot be: one line that says what is in the way, a bad exit status, and nothing left that runs. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startProcess } from './start-process.ts';

const port = 24_000 + Math.floor(Math.random() * 400) * 10;
const ports = [0, 1, 2, 3, 4, 5].map((offset) => port + offset);
const folders: string[] = [];
let stateDir: string;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'start-'));
  folders.push(stateDir);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function hold(held: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once('error', fail).listen(held, '127.0.0.1', done));
  return server;
}

const release = (server: Server) => new Promise<void>((done) => server.close(() => done()));

/** Its one line; afterwards every port is free and the folder is not locked. */
async function failure(state = stateDir): Promise<string> {
  const { ended } = startProcess(port, state);
  const { code, errors } = await ended;
  expect(code).toBe(1);
  const lines = errors.trimEnd().split('\n');
  expect(lines, errors).toHaveLength(1);
  for (const each of ports) await release(await hold(each));
  return lines[0] ?? '';
}

describe('fault 66: a start that fails says why in one line and leaves nothing running', () => {
  test.each([0, 1, 2, 4, 5])('port %i of the six is taken', async (offset) => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(port + offset, '127.0.0.1', done));
    const { code, errors } = await startProcess(port, stateDir).ended;
    await release(server);
    expect([code, errors]).toEqual([
      1,
      `Port ${port + offset} is in use: stop the program that listens there, or choose ports other than ${port} to ${port + 5} with --port N\n`,
    ]);
  });

  test('a file lies where the state folder should be', async () => {
    const file = join(stateDir, 'file');
    writeFileSync(file, '');
    expect(await failure(file)).toBe(
      `${file}: there is a file where a folder is needed: move it away, or use another folder`,
    );
    expect(await failure(join(file, 'below'))).toContain(`${file}/below: there is a file where a folder is needed`);
  });

  test('the folder cannot be made', async () => {
    expect(await failure('/proc/nowhere')).toContain('/proc/nowhere');
  });

  test('a folder lies where a file should be', async () => {
    for (const name of [
      'api-token',
      'sources.json',
      'environment.json',
      'endpoints.json',
      'events.jsonl',
      'cloud/access.log',
    ]) {
      rmSync(join(stateDir, name), { force: true });
      mkdirSync(join(stateDir, name), { recursive: true });
      expect(await failure()).toContain(`${join(stateDir, name)}: there is a folder where a file is needed`);
      rmSync(join(stateDir, name), { recursive: true });
    }
  });

  test('the disk is full', async () => {
    mkdirSync(join(stateDir, 'cloud'));
    for (const name of ['environment.json', 'api-token', 'sources.json', 'cloud/secrets.json']) {
      // Takes no byte, as a full disk.
      symlinkSync('/dev/full', join(stateDir, `${name}.new`));
      expect(await failure()).toBe(`${join(stateDir, name)}: the disk is full: make room, or use another folder`);
    }
  });

  test('a file of an earlier run is damaged', async () => {
    const first = startProcess(port, stateDir);
    await first.untilServing();
    first.child.kill('SIGTERM');
    await first.ended;
    const files = [
      'api-token',
      'sources.json',
      'air-kit.jsonl',
      'credenco.jsonl',
      'cloud/secrets.json',
      'cloud/executions.db',
    ];
    for (const name of files) {
      const path = join(stateDir, name);
      const good = readFileSync(path);
      writeFileSync(path, `garbage ${'x'.repeat(5000)}\n`);
      const line = await failure();
      expect(line).toContain(path);
      expect(line).toMatch(/restore it, or remove it|restore it or remove the file/);
      expect(line).not.toContain('garbage');
      writeFileSync(path, good);
    }
    for (const name of ['cloud/messages', 'cloud/tables']) damageFolder(join(stateDir, name));
    for (const name of ['cloud/messages', 'cloud/tables']) {
      const line = await failure();
      expect(line).toContain('restore it, or remove it');
      const named = ['cloud/messages', 'cloud/tables'].find((each) => line.includes(join(stateDir, each)));
      expect(named, `${name}: ${line}`).toBeDefined();
      rmSync(join(stateDir, named ?? ''), { recursive: true });
    }
    const again = startProcess(port, stateDir);
    await again.untilServing();
    again.child.kill('SIGTERM');
    await again.ended;
  });
});

function damageFolder(folder: string): void {
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'garbage'.repeat(1000));
}

describe('fault 66: killed at any moment, the next start goes on', () => {
  test('also while it starts, and with what a kill in mid-write leaves', async () => {
    for (const afterMs of [300, 900, 1500, 2500, 4000]) {
      const { child, ended } = startProcess(port, stateDir);
      await sleep(afterMs);
      child.kill('SIGKILL');
      await ended;
    }
    // The worst a kill leaves of each file.
    mkdirSync(join(stateDir, 'cloud'), { recursive: true });
    for (const name of ['api-token', 'sources.json', 'environment.json', 'endpoints.json', 'cloud/secrets.json']) {
      writeFileSync(join(stateDir, `${name}.new`), '{"torn":');
    }
    for (const name of ['lock', 'cloud/lock']) writeFileSync(join(stateDir, name), '');
    writeFileSync(join(stateDir, 'events.jsonl'), '{"kept":1}\n{"torn":');
    const system = startProcess(port, stateDir);
    await system.untilServing();
    const authorization = `Bearer ${readFileSync(join(stateDir, 'api-token'), 'utf8')}`;
    const answer = await fetch(`${system.apiUrl}/v1/issuances?status=queued`, { headers: { authorization } });
    expect(answer.status).toBe(200);
    expect(readFileSync(join(stateDir, 'events.jsonl'), 'utf8')).toMatch(/^\{"kept":1\}\n(\{.*\}\n)*$/);
    const second = await startProcess(port + 10, stateDir).ended;
    expect([second.code, second.errors]).toEqual([
      1,
      expect.stringContaining(`is in use by process ${system.child.pid}`),
    ]);
    system.child.kill('SIGTERM');
    await system.ended;
  });
});
