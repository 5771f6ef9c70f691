/** What the local system knows of a provider's sandbox. */
import type { Environment } from '../../lib/config/environment.ts';
import type { ProviderName } from '../../lib/providers/registry.ts';

export interface SandboxStart {
  environment: Environment;
  /** Name of the account in the environment. */
  account: string;
  stateDir: string;
  port: number;
  /** Where our JWKS is served. */
  jwksUrl: string;
}

/** A provider's stand-in on this machine. */
export interface RunningSandbox {
  provider: ProviderName;
  /** What the account's settings become here, its address among them. */
  settings: Readonly<Record<string, unknown>> & { baseUrl: string };
  /** The account's entry of the secret `provider-accounts`. */
  secret: Readonly<Record<string, string>>;
  /** Where its switches and its inspection are. */
  origin: string;
  holdings(): Holdings;
  stop(): Promise<void>;
}

/** What holders really have, as no provider would tell it. */
export interface Holdings {
  /** Credentials in wallets that are good. */
  held: number;
  /** Replaced or revoked. */
  revoked: number;
  /** Taken in by a wallet and dropped without a word. */
  discarded: { holder: string; why: string }[];
}
