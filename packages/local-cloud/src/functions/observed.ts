/** Lets the application that runs a local cloud see the invocations of its functions. */

export interface Invocation {
  functionName: string;
  event: unknown;
  /** Undefined if the function failed. */
  result: unknown;
}

type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

/** The observer cannot affect the invocation: it is called afterwards, and its own errors are ignored. */
export function observed(invoke: Invoke, observe: ((invocation: Invocation) => void) | undefined): Invoke {
  if (observe === undefined) return invoke;
  return async (functionName, event) => {
    let result: unknown;
    try {
      result = await invoke(functionName, event);
      return result;
    } finally {
      try {
        observe({ functionName, event, result });
      } catch {
        // An observer that fails must not fail the invocation.
      }
    }
  };
}
