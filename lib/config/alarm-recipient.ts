/** Finds an alarm address that nobody reads: one at a domain that is reserved for examples and tests (RFC 2606). */
import { isPlaceholder, isProduction } from './account.ts';
import type { Environment } from './environment.ts';

/** In the files that are shipped, to be replaced: a synthesis warns of it and goes on. */
const placeholderAddress = 'replace-with-your-address@example.com';

const reserved = /[@.](example\.(com|net|org)|example|test|invalid|localhost)$/i;

type Recipient = Pick<Environment, 'environment' | 'alarmEmail' | 'awsAccount'>;

/**
 * A problem if alarms would go to such an address. `local` has no alarms. The address that is shipped is a problem as soon as a
 * production environment names its own account, and can be deployed.
 */
export function alarmRecipientProblems({ environment, alarmEmail, awsAccount }: Recipient) {
  if (environment === 'local' || alarmEmail === undefined) return [];
  if (alarmEmail === placeholderAddress && !(isProduction(environment) && !isPlaceholder(awsAccount))) return [];
  if (!reserved.test(alarmEmail)) return [];
  const message =
    'is at a domain reserved for examples, where nobody reads it: use an address of your own, or alarmTopicArn';
  return [{ path: ['alarmEmail'], message }];
}

/** What a synthesis prints for the address that is shipped. */
export function alarmRecipientWarning({ environment, alarmEmail }: Recipient): string | undefined {
  if (alarmEmail !== placeholderAddress) return undefined;
  return `config/${environment}.json: alarmEmail: is still the address of the shipped file, so nobody receives the alarms`;
}
