/** What a provider's folder must offer: its settings, how it writes a holder, and how to connect to it. */
import type * as z from 'zod/mini';
import type { Fetch } from '../http/connecting-fetch.ts';
import type { Provider } from '../issuance/provider.ts';
import type { PartnerTokens } from '../signing/partner-token.ts';

/** Settings every account has in common. */
export interface AccountSettings {
  provider: string;
  baseUrl: string;
  /** The most calls per second, over all workers and pollers. Default: no ceiling. */
  callsPerSecond?: number | undefined;
}

/** Names and values of an account's secret. Throws `secret-unavailable`. */
export interface AccountSecret {
  read(): Promise<Readonly<Record<string, string>>>;
  /** Reads again: the provider did not accept the last one. */
  refresh(): Promise<Readonly<Record<string, string>>>;
}

/** Everything an adapter may use of the outside. */
export interface ProviderPorts {
  fetch: Fetch;
  /** One deadline for a whole call, body included, in milliseconds. */
  callDeadlineMs: number;
  /** The account's entry of the secret `provider-accounts`, for providers that know us by a key or a password. */
  accountSecret: AccountSecret;
  /** Signs Partner JWTs with the current key. */
  partnerTokens: PartnerTokens;
  now(): Date;
}

/** A provider: one folder under lib/providers and one entry in the registry. */
export interface ProviderDefinition<
  Account extends AccountSettings = AccountSettings,
  Credential extends Readonly<Record<string, unknown>> = Record<string, unknown>,
> {
  /** One partner account at the provider, as an entry of `accounts` in config/<environment>.json. */
  accountSettings: z.ZodMiniType<Account>;
  /** What a program says of the credential, as `credential` of an entry of `programs`. */
  credentialSettings: z.ZodMiniType<Credential>;
  /** The setting of a credential by which the provider knows it: no two programs of an account may share one. */
  credentialKey: string;
  /** Whether a holder may hold several credentials of one program, told apart by `slotBy`. */
  severalPerHolder: boolean;
  /** Names that claims must not have at this provider. */
  reservedClaims: readonly string[];
  /** Names of the facts that an account has us remember of its holders (`HolderFacts`): an erasure forgets them. */
  facts(account: Account): readonly string[];
  /** The one form in which a holder is stored, signed and compared; throws `holder-invalid`. */
  canonicalHolder(holder: string): string;
  connect(account: Account, credential: Credential, ports: ProviderPorts): Provider;
}
