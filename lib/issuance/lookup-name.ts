/** The name of a source's directory: of its circuit breaker, and of its entry in the secret provider-accounts. */

/** No program and no account can have this name. */
export function lookupName(source: string): string {
  return `lookup:${source}`;
}
