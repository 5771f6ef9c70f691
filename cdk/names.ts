/** Names that are the same in every environment, and those made from the environment's name. */

/** The product, as it appears in stack names, tags and log group names. */
export const product = 'issue-on-behalf';

/** Name of a part of an environment, such as `issue-on-behalf-dev-poller`. */
export function partName(environment: string, part: string): string {
  return `${product}-${environment}-${part}`;
}

/** Name under which an environment's functions count, which keeps the environments of one account apart. */
export function serviceName(environment: string): string {
  return `${product}-${environment}`;
}

/** What the names of all log groups of an environment begin with; the encryption key's policy allows these only. */
export function logGroupPrefix(environment: string): string {
  // Vended logs: under this prefix the delivery needs no resource policy of its own per group, of which there are few.
  return `/aws/vendedlogs/${product}/${environment}/`;
}

/** Name of the environment's file beside a bundle. */
export const environmentFile = 'environment.json';

/** Path of the key set in its bucket and on its site. */
export const jwksPath = '.well-known/jwks.json';

/** Where an alarm's description sends its reader. */
export function runbookLink(anchor: string): string {
  return `docs/runbook.md#${anchor}`;
}
