/** The exports of a provider's folder: its settings, the canonical form of a holder, and the connection. */
import type * as z from 'zod/mini';
import type { Fetch } from '../http/connecting-fetch.ts';
import type { Provider } from '../issuance/provider.ts';
import type { PartnerTokens } from '../signing/partner-token.ts';

/** Settings that all accounts share. */
export interface AccountSettings {
  provider: string;
  baseUrl: string;
  /** Maximum calls per second of all workers and pollers together. Default: no maximum. */
  callsPerSecond?: number | undefined;
}

/** Names and values of an account's secret. Throws `secret-unavailable`. */
export interface AccountSecret {
  read(): Promise<Readonly<Record<string, string>>>;
  /** Reads the secret again, because the provider did not accept the last value. */
  refresh(): Promise<Readonly<Record<string, string>>>;
}

/** The ports of an adapter. */
export interface ProviderPorts {
  fetch: Fetch;
  /** One deadline for a whole call, body included, in milliseconds. */
  callDeadlineMs: number;
  /** The account's entry of the secret `provider-accounts`, for providers that authenticate us by a key or a password. */
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
  /** The settings of a credential, as `credential` of an entry of `programs`. */
  credentialSettings: z.ZodMiniType<Credential>;
  /** The setting that identifies a credential at the provider: no two programs of an account may share its value. */
  credentialKey: string;
  /** The identity of the account at the provider. Entries with the same one must not name the same credential. */
  sameAccount(account: Account): string;
  /** Whether a holder may have several credentials of one program, distinguished by `slotBy`. */
  severalPerHolder: boolean;
  /** Names that claims must not have at this provider. */
  reservedClaims: readonly string[];
  /** Names of the facts about holders that an account stores (`HolderFacts`): an erasure deletes them. */
  facts(account: Account): readonly string[];
  /** The canonical form in which a holder is stored, signed and compared; throws `holder-invalid`. */
  canonicalHolder(holder: string): string;
  connect(account: Account, credential: Credential, ports: ProviderPorts): Provider;
}
