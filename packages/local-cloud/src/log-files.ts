/** The log files of a local cloud: of its functions, and of its API's requests. */
import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import type { StateFolder } from './state-folder.ts';

export interface LogFiles {
  functions: WriteStream;
  access: WriteStream;
}

/** Opens both, and adds their closing to the cleanup. */
export function openLogFiles(
  folder: StateFolder,
  onError: (error: unknown) => void,
  cleanup: AsyncDisposableStack,
): LogFiles {
  return {
    functions: openLogFile(folder.functionLog, onError, cleanup),
    access: openLogFile(folder.accessLog, onError, cleanup),
  };
}

function openLogFile(path: string, onError: (error: unknown) => void, cleanup: AsyncDisposableStack): WriteStream {
  // Opened here, so that a start fails if it cannot write. Later, a full disk only loses log lines.
  const file = createWriteStream(path, { fd: openSync(path, 'a', 0o600) });
  file.on('error', onError);
  file.setMaxListeners(0);
  cleanup.defer(() => new Promise((done) => file.end(done)));
  return file;
}
