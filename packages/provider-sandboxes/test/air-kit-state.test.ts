/** What the AIR Kit sandbox has issued survives a kill, and its command says what is wrong with its options. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  issue,
  issueBody,
  kycClaims,
  partnerId,
  startPartner,
  startSandbox,
  status,
  type TestPartner,
} from './air-kit-partner.ts';

const command = join(import.meta.dirname, '../src/air-kit/main.ts');
let partner: TestPartner;
let folder: string;

beforeAll(async () => {
  partner = await startPartner();
  folder = mkdtempSync(join(tmpdir(), 'air-kit-sandbox-'));
});

afterAll(async () => {
  await partner.close();
  rmSync(folder, { recursive: true });
});

async function withSandbox<T>(
  stateFile: string,
  work: (sandbox: Awaited<ReturnType<typeof startSandbox>>) => Promise<T>,
) {
  const sandbox = await startSandbox(partner.jwksUrl, { stateFile });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

describe('the state file', () => {
  test('brings everything back, and ignores a torn last line', async () => {
    const file = join(folder, 'new', 'state.jsonl');
    const token = await partner.token();
    const before = await withSandbox(file, async (sandbox) => {
      await issue(sandbox, token);
      await issue(sandbox, token, issueBody({ credentialSubject: { ...kycClaims, score: 8 } }));
      return sandbox.inspect();
    });
    appendFileSync(file, '{"coreClaimHash":"torn');
    await withSandbox(file, async (sandbox) => {
      const { totals, holders } = sandbox.inspect();
      expect({ totals, holders }).toEqual({ totals: before.totals, holders: before.holders });
      expect(totals).toEqual({ issued: 2, revoked: 1, live: 1, users: 1 });
      const again = await issue(sandbox, token);
      expect(again.json['userUuid']).toBe(before.holders[0]?.userUuid);
    });
    await withSandbox(file, async (sandbox) => {
      expect(sandbox.inspect().totals).toEqual({ issued: 3, revoked: 2, live: 1, users: 1 });
    });
    expect(readFileSync(file, 'utf8')).not.toContain('torn');
  });

  test('is refused when it is damaged or something else', async () => {
    const damaged = join(folder, 'damaged.jsonl');
    writeFileSync(damaged, '{"journal":"air-kit-sandbox/1"}\n{"coreCl\n');
    await expect(startSandbox(partner.jwksUrl, { stateFile: damaged })).rejects.toThrow('line 2 is not JSON');
    const foreign = join(folder, 'foreign.jsonl');
    writeFileSync(foreign, '{"journal":"other"}\n');
    await expect(startSandbox(partner.jwksUrl, { stateFile: foreign })).rejects.toThrow('does not belong to');
  });
});

describe('the command', () => {
  async function startCommand(stateFile: string): Promise<{ child: ChildProcess; url: string; printed: string }> {
    const options = ['--port', '0', '--jwks-url', partner.jwksUrl, '--partner-id', partnerId, '--state', stateFile];
    const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8');
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
      printed += chunk;
      if (printed.includes('Try: ')) break;
    }
    return { child, url: /http:\S+\/v1/.exec(printed)?.[0] ?? '', printed };
  }

  test('serves, and goes on after kill -9 where it stopped', async () => {
    const file = join(folder, 'command.jsonl');
    const first = await startCommand(file);
    const token = await partner.token();
    const body = issueBody({
      issuerDid: 'did:air:id:test:local-sandbox-issuer',
      credentialId: 'local-kyc',
      credentialSubject: { kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-20T10:00:00Z' },
    });
    const as = (url: string) => ({ url }) as Awaited<ReturnType<typeof startSandbox>>;
    const { json } = await issue(as(first.url), token, body);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await startCommand(file);
    expect((await status(as(second.url), token, json['coreClaimHash'])).status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
    expect(second.printed).toContain('/_sandbox/switches');
  });

  test.each([
    ['an unknown option', ['--nope'], "Unknown option '--nope'"],
    ['a bad port', ['--port', '70000'], '--port 70000'],
    ['a bad partner', ['--partner-id', 'me'], 'partner.partnerId'],
    ['a configuration that is not there', ['--config', '/nowhere.json'], '--config /nowhere.json'],
  ])(
    'ends with 2 and a message on %s',
    (_name, options, message) => {
      const { status: code, stderr } = spawnSync(process.execPath, [command, ...options], { encoding: 'utf8' });
      expect([code, stderr.includes(message), stderr.includes('Usage:')]).toEqual([2, true, true]);
    },
    60_000,
  );
});
