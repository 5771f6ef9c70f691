/** The messages between the host and the thread of a function; events and results are JSON strings. */

/** The inputs of a thread for loading its function. */
export interface ThreadData {
  name: string;
  arn: string;
  bundle: string;
  exportName: string;
  memoryMb: number;
}

/** One invocation; `deadline` in milliseconds since 1970. */
export interface Invocation {
  id: number;
  requestId: string;
  event: string;
  deadline: number;
}

/** The reports of a thread: whether it has loaded its function, and how an invocation ended. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'broken'; errorType: string; errorMessage: string; trace: string[] }
  | { kind: 'result'; id: number; result: string }
  | { kind: 'error'; id: number; errorType: string; errorMessage: string; trace: string[] };
