/** Names that the stacks give and the functions use. */

/** The product, as it appears in names of stacks, tags, log groups, and as the source of its events. */
export const product = 'issue-on-behalf';

/** The index of the table by status and due time. */
export const statusIndex = {
  name: 'by-status',
  partitionKey: 'statusShard',
  sortKey: 'due',
  /** The one attribute copied into it. */
  projected: 'source',
} as const;

/** Path of the key set at its public address, and key of its object in the bucket. */
export const jwksPath = '.well-known/jwks.json';

/** The environment's configuration beside a bundle. */
export const environmentFile = 'environment.json';

/** The OpenAPI document beside the trigger's bundle. */
export const apiDocumentFile = 'openapi.json';
