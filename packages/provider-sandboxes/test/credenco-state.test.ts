/** What the Credenco sandbox knows survives a kill, and its command says what is wrong with its options. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CredencoSandbox } from '../src/credenco/start-credenco-sandbox.ts';
import {
  call,
  companyClaims,
  issueInto,
  mint,
  offerUriOf,
  push,
  settledWallet,
  startSandbox,
  status,
} from './credenco-backend.ts';

const command = join(import.meta.dirname, '../src/credenco/main.ts');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credenco-sandbox-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function withSandbox<T>(stateFile: string, port: number, work: (sandbox: CredencoSandbox) => Promise<T>) {
  const sandbox = await startSandbox({ stateFile, port });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

function known({ totals, issuers, wallets, issuances }: ReturnType<CredencoSandbox['inspect']>) {
  return { totals, issuers, wallets, issuances };
}

describe('the state file', () => {
  test('brings keys, offers, credentials, contacts and revocations back', async () => {
    const file = join(folder, 'new', 'state.jsonl');
    const before = await withSandbox(file, 0, async (sandbox) => {
      await issueInto(sandbox, 'trusting', 'kept');
      await issueInto(sandbox, 'stranger', 'dropped');
      const did = sandbox.inspect().issuers[0]?.did ?? '';
      const body = { did, name: 'Credenco', directIssueAllowed: true };
      await call(sandbox, 'POST', '/api/wallets/stranger/trusted-contacts', { body });
      const uuid = String((await status(sandbox, 'kept')).json['revocation_uuid']);
      await call(sandbox, 'POST', `/_sandbox/revocations/${uuid}`);
      const open = offerUriOf(await mint(sandbox, 'open'));
      return { inspection: known(sandbox.inspect()), port: sandbox.port, open };
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await withSandbox(file, before.port, async (sandbox) => {
      expect(known(sandbox.inspect())).toEqual(before.inspection);
      await push(sandbox, 'stranger', before.open);
      expect((await settledWallet(sandbox, 'stranger')).credentials).toMatchObject([{ correlationId: 'open' }]);
      expect((await settledWallet(sandbox, 'stranger')).trustedContacts).toHaveLength(1);
      const [offer] = before.inspection.issuances[0]?.offers ?? [];
      await push(sandbox, 'trusting', offer?.offerUri ?? '');
      expect((await settledWallet(sandbox, 'trusting')).credentials).toHaveLength(1);
    });
  });

  test('takes up an exchange that had not begun', async () => {
    const file = join(folder, 'pending.jsonl');
    const port = await withSandbox(file, 0, async (sandbox) => {
      sandbox.switchboard.merge({ exchangeDelayMs: 60_000 });
      await push(sandbox, 'trusting', offerUriOf(await mint(sandbox, 'pending')));
      return sandbox.port;
    });
    await withSandbox(file, port, async (sandbox) => {
      expect((await settledWallet(sandbox, 'trusting')).credentials).toMatchObject([{ correlationId: 'pending' }]);
    });
  });

  test('of another sandbox is refused', async () => {
    const foreign = join(folder, 'foreign.jsonl');
    writeFileSync(foreign, '{"journal":"air-kit-sandbox/1"}\n');
    await expect(startSandbox({ stateFile: foreign })).rejects.toThrow('does not belong to');
  });
});

describe('the command', () => {
  async function startCommand(stateFile: string, port: string): Promise<{ child: ChildProcess; printed: string }> {
    const options = ['--port', port, '--state', stateFile];
    const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8');
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
      printed += chunk;
      if (printed.includes('/_sandbox/switches -d')) break;
    }
    return { child, printed };
  }

  test('serves the example, and goes on after kill -9 where it stopped', async () => {
    const file = join(folder, 'command.jsonl');
    const first = await startCommand(file, '0');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(first.printed)?.[0] ?? '';
    const sandbox = { url } as CredencoSandbox;
    const headers = { 'x-api-key': 'local-sandbox-api-key' };
    const minted = await mint(sandbox, 'example', {}, headers);
    expect((await push(sandbox, 'wallet-that-trusts-us', offerUriOf(minted))).status).toBe(201);
    const told = () => call(sandbox, 'GET', String(minted.json['status_uri']), { headers });
    await expect.poll(async () => (await told()).json['status']).toBe('issue_completed');
    const kept = async () => {
      const { json } = await call(sandbox, 'GET', '/_sandbox/inspect?wallet=wallet-that-trusts-us');
      return (json['wallets'] as { credentials: { claims: unknown }[] }[])[0]?.credentials;
    };
    await expect.poll(kept).toMatchObject([{ claims: companyClaims, signatureVerified: true }]);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await startCommand(file, new URL(url).port);
    expect((await told()).json['status']).toBe('issue_completed');
    expect(await kept()).toMatchObject([{ claims: companyClaims }]);
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
    expect(second.printed).toContain('did:web:127.0.0.1%3A');
  });

  test.each([
    ['an unknown option', ['--nope'], "Unknown option '--nope'"],
    ['a bad port', ['--port', '70000'], '--port 70000'],
    ['a configuration that is not there', ['--config', '/nowhere.json'], '--config /nowhere.json'],
    ['a configuration that is none', ['--config', command], '--config'],
  ])(
    'ends with 2 and a message on %s',
    (_name, options, message) => {
      const { status: code, stderr } = spawnSync(process.execPath, [command, ...options], { encoding: 'utf8' });
      expect([code, stderr.includes(message), stderr.includes('Usage:')]).toEqual([2, true, true]);
    },
    60_000,
  );
});
