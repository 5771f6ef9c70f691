/** The local system as a process of its own, which tests may kill. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LocalProcess {
  apiUrl: string;
  jwksUrl: string;
  /** Origin of the AIR Kit sandbox. */
  airKit: string;
  /** Origin of the Credenco sandbox. */
  credenco: string;
  stateDir: string;
  token(): string;
  /** Starts the process, or starts it again on the same state. */
  start(): Promise<void>;
  /** As an outage would: no handler runs. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** What it printed so far. */
  output(): string;
}

const startsWithinMs = 120_000;

/** A process on ports of its own that keeps its state in a new folder. */
export function localProcess(): LocalProcess {
  // Below the ports that the system gives to those who ask for any, so that none of them is in use already.
  const port = 20_000 + Math.floor(Math.random() * 1270) * 10;
  const stateDir = mkdtempSync(join(tmpdir(), 'issue-on-behalf-'));
  const apiUrl = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let printed = '';

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  return {
    apiUrl,
    jwksUrl: `http://127.0.0.1:${port + 1}/.well-known/jwks.json`,
    airKit: `http://127.0.0.1:${port + 2}`,
    credenco: `http://127.0.0.1:${port + 3}`,
    stateDir,
    token: () => readFileSync(join(stateDir, 'api-token'), 'utf8'),
    async start() {
      const args = [
        '--disable-warning=ExperimentalWarning',
        'local/start.ts',
        '--no-samples',
        '--port',
        String(port),
        '--state',
        stateDir,
      ];
      child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk));
      await untilHealthy(
        apiUrl,
        () => child?.exitCode !== null,
        () => printed,
      );
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    output: () => printed,
  };
}

async function untilHealthy(apiUrl: string, ended: () => boolean, printed: () => string): Promise<void> {
  const deadline = Date.now() + startsWithinMs;
  while (Date.now() < deadline) {
    if (ended()) throw new Error(`The local system ended while starting:\n${printed()}`);
    const healthy = await fetch(`${apiUrl}/v1/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(100);
  }
  throw new Error(`The local system did not start in time:\n${printed()}`);
}
