/** `iob restore`: under which key, when it pauses, what it refuses. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { runCommandLine } from '../../tools/command-line/run.ts';
import type { Target } from '../../tools/command-line/target.ts';
import { restore } from '../../tools/restore/restore.ts';
import { HonestProvider } from '../fakes/honest-provider.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';
import { RestoredEnvironment } from './restored-environment.ts';

let table: EmbeddedTable;
let secrets: Server;
let environment: RestoredEnvironment;
/** What Secrets Manager has. */
let key = '';

beforeAll(async () => {
  table = await startEmbeddedTable();
  secrets = createServer((_request, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: key, VersionId: 'v1' }));
  });
  await new Promise<void>((resolve) => secrets.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  secrets.close();
  await table.close();
});
beforeEach(async () => {
  environment = await RestoredEnvironment.start(table, new HonestProvider());
  ({ key } = environment);
});

function target(): Target {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const services = `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`;
  return {
    environment: loadEnvironment('dev'),
    output: (name) => (name === 'TableName' ? environment.name : 'secret'),
    client: (service) => ({
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials,
      endpoint: service === 'tables' ? table.endpoint : services,
    }),
    functionName: (name) => name,
  };
}

const progress = { show: () => undefined, end: () => undefined };

test('fault 67: pauses between the last acceptance and the first copy, and lets events in again at the end', async () => {
  const id = await environment.issue('known');
  const backup = await environment.backup();
  await environment.lose();
  const pause = vi.fn(async () => {
    environment.world.clock.advance(60_000);
    await expect(environment.accept('meanwhile')).rejects.toMatchObject({ code: 'service-unavailable' });
  });
  const report = await restore({ ...backup, dryRun: false }, target(), progress, pause);
  expect(pause).toHaveBeenCalledWith(20_000);
  expect(report).toMatchObject({ restored: 2 });
  // The same event, which happened a minute before the pause of a minute.
  expect(await environment.accept('known', environment.at(-2))).toBe(id);
  expect((await environment.ports().store.get(id))?.status).toBe('submitted');
});

test('fault 67: refuses a backup that was written under another key, before anything is written', async () => {
  await environment.issue('known');
  const backup = await environment.backup();
  await environment.lose();
  key = 'another'.repeat(8);
  await expect(restore({ ...backup, dryRun: false }, target(), progress, vi.fn())).rejects.toThrow(
    /pseudonym key of the environment is not the key of this backup/,
  );
  key = environment.key;
  expect(await environment.accept('new')).toMatch(/^iss_/);
});

test('fault 67: a dry run writes nothing and pauses for nothing', async () => {
  await environment.issue('known');
  const backup = await environment.backup();
  await environment.lose();
  const pause = vi.fn();
  expect(await restore({ ...backup, dryRun: true }, target(), progress, pause)).toMatchObject({ restored: 2 });
  expect(pause).not.toHaveBeenCalled();
  expect(await environment.restore(backup)).toMatchObject({ restored: 2 });
});

test('the environment’s own table is no backup of itself', async () => {
  const wish = { from: environment.name, lostSince: environment.at(0), dryRun: false };
  await expect(restore(wish, target(), progress)).rejects.toThrow(/must be another table/);
});

test.each(['yesterday', '2026-11-20T10:00:00', '2999-01-01T00:00:00Z'])('--as-of %s is refused', async (time) => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await runCommandLine(['restore', '-e', 'dev', '--from', 'backup', '--as-of', time])).toBe(2);
  expect(told).toHaveBeenCalledWith(expect.stringContaining('--as-of takes a time in the past with its zone'));
});
