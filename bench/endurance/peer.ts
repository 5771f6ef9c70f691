/** The peer in the endurance run: one process, and the AIR Kit sandbox beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Contestant, claims, credentialId, holderOf } from './contestant.ts';

const partnerId = '00000000-0000-4000-8000-000000000001';
const issuerDid = 'did:air:id:test:local-sandbox-issuer';

export function peer(): Contestant {
  const port = 20_000 + Math.floor(Math.random() * 4000) * 10 + 5;
  const folder = mkdtempSync(join(tmpdir(), 'peer-'));
  const origin = `http://127.0.0.1:${port}`;
  const sandbox = `http://127.0.0.1:${port + 1}`;
  let server: ChildProcess | undefined;
  let provider: ChildProcess | undefined;

  async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async function startProvider(): Promise<void> {
    const config = join(folder, 'sandbox.json');
    const programs = [{ credentialId, issuerDid, schema: { type: 'object', properties: propertiesOf(claims) } }];
    writeFileSync(
      config,
      JSON.stringify({ partner: { partnerId, jwksUrl: `${origin}/.well-known/jwks.json` }, programs }),
    );
    const args = ['packages/provider-sandboxes/src/air-kit/main.ts', '--port', String(port + 1), '--config', config];
    provider = spawn(process.execPath, args, { stdio: 'ignore' });
    await untilAnswers(`${sandbox}/_sandbox/health`);
  }

  return {
    name: 'a server of one process',
    sandbox,
    async start() {
      if (provider === undefined) await startProvider();
      const args = [
        ...['bench/peer/server.ts', '--port', String(port), '--air-kit', `${sandbox}/v1`, '--partner-id', partnerId],
        ...['--issuer-did', issuerDid, '--key-file', join(folder, 'key.pem')],
      ];
      server = spawn(process.execPath, args, { stdio: 'ignore' });
      await untilAnswers(`${origin}/health`);
    },
    kill: () => end(server, 'SIGKILL'),
    async stop() {
      await end(server, 'SIGTERM');
      await end(provider, 'SIGTERM');
    },
    async send(index) {
      try {
        const body = JSON.stringify({ holder: holderOf(index), credentialId, claims });
        // The sender of a webhook does not wait forever.
        const signal = AbortSignal.timeout(10_000);
        return (await fetch(`${origin}/webhook`, { method: 'POST', body, signal })).ok;
      } catch {
        return false;
      }
    },
    async ended() {
      await sleep(30_000);
      const { confirmed } = (await (await fetch(`${origin}/health`)).json()) as { confirmed: number };
      return confirmed;
    },
  };
}

function propertiesOf(example: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, { type: typeof value }]));
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
}
