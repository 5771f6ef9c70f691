/** `npm start` as a process of its own that may fail: what it says, how it ends, and what it leaves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Ended {
  code: number | null;
  /** What it said on standard error. */
  errors: string;
}

export interface StartProcess {
  child: ChildProcess;
  apiUrl: string;
  ended: Promise<Ended>;
  /** Waits until it serves; throws when it ends instead. */
  untilServing(): Promise<void>;
}

const servesWithinMs = 300_000;

export function startProcess(port: number, stateDir: string): StartProcess {
  const options = ['--no-samples', '--port', String(port), '--state', stateDir];
  const args = ['--disable-warning=ExperimentalWarning', 'local/start.ts', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }));
  const apiUrl = `http://127.0.0.1:${port}`;
  const serves = () =>
    fetch(`${apiUrl}/v1/health`).then(
      (answer) => answer.ok,
      () => false,
    );
  return {
    child,
    apiUrl,
    ended,
    async untilServing() {
      const deadline = Date.now() + servesWithinMs;
      while (!(await serves())) {
        if (child.exitCode !== null) throw new Error(`It ended while starting:\n${errors}`);
        if (Date.now() > deadline) throw new Error(`It does not serve:\n${errors}`);
        await sleep(100);
      }
    },
  };
}
