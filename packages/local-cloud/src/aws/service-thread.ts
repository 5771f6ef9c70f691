/** Runs an embedded service in its own thread and detects when it listens, ends and fails. */
import { type MessagePort, Worker } from 'node:worker_threads';

/** A service that listens on loopback in another thread. */
export interface ServiceThread {
  origin: string;
  /** Sends the thread a message and waits for its answer of kind `answered`. */
  ask(message: unknown): Promise<void>;
  /** Lets the service close its files and ends the thread. */
  stop(): Promise<void>;
}

interface Answer {
  kind: 'listening' | 'answered' | 'failed';
  port?: number;
  message?: string;
}

function nextAnswer(worker: Worker, name: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error, answer?: Answer): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      if (answer) resolve(answer);
      else reject(error ?? new Error(`${name} ended`));
    };
    const onError = (error: unknown): void => end(new Error(`${name} failed: ${String(error)}`, { cause: error }));
    const onExit = (): void => end();
    const onMessage = (answer: Answer): void => {
      if (answer.kind === 'failed') end(new Error(`${name} failed: ${answer.message}`));
      else end(undefined, answer);
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

/** Starts the script as a thread that asks for permissions at the port, if there is one; `onCrash` is called if the thread ends unexpectedly. */
export async function startServiceThread(
  name: string,
  script: URL,
  data: object,
  onCrash: (error: Error) => void,
  permissions?: MessagePort,
): Promise<ServiceThread> {
  const workerData = { ...data, permissions };
  const transferList = permissions ? [permissions] : [];
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const worker = new Worker(script, { workerData, transferList, env: {}, execArgv });
  const { port } = await nextAnswer(worker, name);
  let stopping = false;
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => onCrash(new Error(`${name} failed`, { cause: error })));
  worker.on('exit', (code) => {
    if (!stopping) onCrash(new Error(`${name} ended with exit code ${code}`));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    async ask(message) {
      const answer = nextAnswer(worker, name);
      worker.postMessage(message);
      await answer;
    },
    async stop() {
      stopping = true;
      worker.postMessage({ kind: 'stop' });
      await ended;
    },
  };
}
