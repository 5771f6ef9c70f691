/** Names that are the same in every environment, and those made from the environment's name. */
import { product } from '../lib/config/deployed-names.ts';

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

/** Where an alarm's description sends its reader. */
export function runbookLink(anchor: string): string {
  return `docs/runbook.md#${anchor}`;
}

/** The two stacks of an environment. */
export function stackNames(environment: string): { stateful: string; stateless: string } {
  return { stateful: partName(environment, 'stateful'), stateless: partName(environment, 'stateless') };
}

/** What the stacks tell operators and the local run. */
export type OutputName =
  | 'ApiTokensSecretArn'
  | 'ApiUrl'
  | 'DeadLetterQueueUrl'
  | 'EventBusName'
  | 'JwksUrl'
  | 'ProviderAccountsSecretArn'
  | 'PseudonymKeySecretArn'
  | 'QueueUrl'
  | 'SigningKeysSecretArn'
  | 'SourceSecretsSecretArn'
  | 'StateMachineArn'
  | 'TableName';
