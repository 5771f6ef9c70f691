/** Authentication of a call: headers, and newer headers after a provider has refused the first. */
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { AccountSecret } from './definition.ts';

export type Headers = Readonly<Record<string, string>>;

export interface Authentication {
  /** The headers of the next call. With the refused headers as argument: newer headers, or undefined if there are none. */
  headers(refused?: Headers): Promise<Headers | undefined>;
}

/** For public endpoints. */
export const anonymous: Authentication = { headers: async () => undefined };

/** With the account's secret, for example an API key. The secret is read again after a refusal. */
export function bySecret(
  { read, refresh }: AccountSecret,
  headersOf: (secret: Readonly<Record<string, string>>) => Headers,
): Authentication {
  return { headers: async (refused) => headersOf(await (refused === undefined ? read() : refresh())) };
}

/** A member of an account's secret. Throws `secret-unavailable`. */
export function secretMember(secret: Readonly<Record<string, string>>, name: string): string {
  const value = secret[name];
  if (value === undefined || value === '')
    throw new IssuanceError('secret-unavailable', { detail: `the account's ${name} is missing` });
  return value;
}
