/** What a failed start says: one line that names the file or the port, and what to do. */

/** By the code of the operating system. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room, or use another folder',
  EDQUOT: 'the quota of this user is used up: make room, or use another folder',
  EACCES: 'this user may not write there: change its rights, or use another folder',
  EPERM: 'this user may not write there: change its rights, or use another folder',
  EROFS: 'the file system is read-only: use another folder',
  EEXIST: 'there is a file where a folder is needed: move it away, or use another folder',
  ENOTDIR: 'there is a file where a folder is needed: move it away, or use another folder',
  ENOENT: 'it is not there and cannot be made: use another folder',
  EISDIR: 'there is a folder where a file is needed: move it away, or use another folder',
  EIO: 'the disk has failed: use another folder',
};

/** An error that shows a defect is printed with its stack trace; any other error is printed as one line. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError)
    return error.stack ?? error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : reasons[code];
  return path === undefined || reason === undefined ? error.message : `${path}: ${reason}`;
}
