/** Finds the name of a function in the various forms of references in templates and calls. */

/** The function's name in an ARN, an API Gateway invocation path, an ARN with a version, or a plain name. */
export function functionName(reference: string): string {
  const arn = /arn:[^:]+:lambda:[^:]*:[^:]*:function:([A-Za-z0-9-_]+)/.exec(reference);
  return arn?.[1] ?? reference;
}
