/** How a call proves that it is ours: headers, and newer ones once a provider has refused the first. */
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { AccountSecret } from './definition.ts';

export type Headers = Readonly<Record<string, string>>;

export interface Authentication {
  /** The headers of the next call. Given the ones that were refused: newer ones, or undefined when there are none. */
  headers(refused?: Headers): Promise<Headers | undefined>;
}

/** For what is open to anyone. */
export const anonymous: Authentication = { headers: async () => undefined };

/** By what the account's secret holds, an API key for instance. It is read again after a refusal. */
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
