/** The folder with the state of a local run, and the lock that allows one process at a time. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@issue-on-behalf/files';

/** The paths in a state folder. */
export interface StateFolder {
  tables: string;
  messages: string;
  secrets: string;
  executions: string;
  functionLog: string;
  accessLog: string;
  /** Releases the folder for another process. */
  unlock: () => void;
}

function alive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const held = new Set<string>();

/** Creates the folder if necessary and locks it; returns the function that unlocks it. Fails with the id of the process that uses it. */
export function lockFolder(folder: string): () => void {
  makeFolder(folder);
  const file = join(folder, 'lock');
  const write = (): void => writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
  const refuse = (pid: number): Error =>
    new Error(`${folder} is in use by process ${pid}: stop it first, or use another folder (${file} says so)`);
  if (held.has(folder)) throw refuse(process.pid);
  try {
    write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0 && alive(pid)) throw refuse(pid);
    // Its process has ended without releasing the lock, perhaps before it had written its id.
    rmSync(file, { recursive: true, force: true });
    write();
  }
  held.add(folder);
  return () => {
    held.delete(folder);
    rmSync(file, { force: true });
  };
}

/** Opens a state folder and creates it if necessary; fails with the id of the process that uses it. */
export function openStateFolder(folder: string): StateFolder {
  const unlock = lockFolder(folder);
  return {
    tables: join(folder, 'tables'),
    messages: join(folder, 'messages'),
    secrets: join(folder, 'secrets.json'),
    executions: join(folder, 'executions.db'),
    functionLog: join(folder, 'functions.log'),
    accessLog: join(folder, 'access.log'),
    unlock,
  };
}
