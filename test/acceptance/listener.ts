/** `iob listen` as a process of its own beside the running local system. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Listener {
  /** The lines that it printed so far, parsed. */
  lines(): Record<string, unknown>[];
  /** What it said on the standard error. */
  said(): string;
  /** Ctrl-C; gives the exit status. */
  stop(): Promise<number | null>;
}

export function startListener(source: string, state: string, configDirectory: string): Listener {
  const options = ['--source', source, '--state', state, '--config-directory', configDirectory, '--json'];
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    'tools/iob.ts',
    'listen',
    ...options,
  ]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  return {
    lines: () =>
      out
        .slice(0, out.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    said: () => err,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      const [status] = (await ended) as [number | null];
      return status;
    },
  };
}
