/** Names that are the same in every environment, and names derived from the environment's name. */
import { product } from '../lib/config/deployed-names.ts';

/** Name of a part of an environment, such as `issue-on-behalf-dev-poller`. */
export function partName(environment: string, part: string): string {
  return `${product}-${environment}-${part}`;
}

/** Namespace of the metrics of an environment's functions, which separates the environments of one account. */
export function serviceName(environment: string): string {
  return `${product}-${environment}`;
}

/** Prefix of all log group names of an environment; the encryption key's policy allows only these. */
export function logGroupPrefix(environment: string): string {
  // Vended logs: with this prefix, the delivery needs no resource policy per group, of which AWS allows few.
  return `/aws/vendedlogs/${product}/${environment}/`;
}

/** The two stacks of an environment. */
export function stackNames(environment: string): { stateful: string; stateless: string } {
  return { stateful: partName(environment, 'stateful'), stateless: partName(environment, 'stateless') };
}

/** The outputs of the stacks for operators and the local run. */
export type OutputName =
  | 'ApiTokensSecretArn'
  | 'ApiDomainTarget'
  | 'ApiUrl'
  | 'DeadLetterQueueUrl'
  | 'EventBusName'
  | 'JwksDomainTarget'
  | 'JwksUrl'
  | 'ProviderAccountsSecretArn'
  | 'PseudonymKeySecretArn'
  | 'QueueUrl'
  | 'SigningKeysSecretArn'
  | 'SourceSecretsSecretArn'
  | 'StateMachineArn'
  | 'TableName';
