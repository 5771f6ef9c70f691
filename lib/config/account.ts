/** Which AWS account a production environment goes to: its file must say so, whatever credentials its caller has. */
import type { Environment } from './environment.ts';

/** In the file that is shipped, to be replaced; AWS uses it in its documentation, and nobody has credentials for it. */
const placeholderAccount = '111122223333';

type Account = Pick<Environment, 'environment' | 'awsAccount'>;

/** Whether an environment is a production environment: its name begins with `prod`. */
export function isProduction(environment: string): boolean {
  return environment.startsWith('prod');
}

/** A problem if a production environment names no account. */
export function accountProblems({ environment, awsAccount }: Account) {
  if (!isProduction(environment) || awsAccount !== undefined) return [];
  const message =
    'must name the account of a production environment (twelve digits), so that no other account’s credentials deploy it';
  return [{ path: ['awsAccount'], message }];
}

/** Whether it is still the account of the shipped file. */
export function isPlaceholder(awsAccount: string | undefined): boolean {
  return awsAccount === placeholderAccount;
}

/** What a synthesis prints for the account that is shipped. */
export function accountWarning({ environment, awsAccount }: Account): string | undefined {
  if (!isPlaceholder(awsAccount)) return undefined;
  return `config/${environment}.json: awsAccount: is still the account of the shipped file, to which nobody can deploy`;
}
