/** What the host and the thread of a function say to each other; events and results travel as JSON text. */

/** What a thread needs to load its function. */
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

/** What a thread reports: that it has loaded its function or could not, or how an invocation ended. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'broken'; errorType: string; errorMessage: string; trace: string[] }
  | { kind: 'result'; id: number; result: string }
  | { kind: 'error'; id: number; errorType: string; errorMessage: string; trace: string[] };
