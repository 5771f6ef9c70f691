/** The local system's view of a provider's sandbox. */
import type { Environment } from '../../lib/config/environment.ts';
import type { ProviderName } from '../../lib/providers/registry.ts';

export interface SandboxStart {
  environment: Environment;
  /** Name of the account in the environment. */
  account: string;
  stateDir: string;
  port: number;
  /** The address of our JWKS. */
  jwksUrl: string;
}

/** A local replacement for a provider. */
export interface RunningSandbox {
  provider: ProviderName;
  /** The account's settings in the local run, including its address. */
  settings: Readonly<Record<string, unknown>> & { baseUrl: string };
  /** The account's entry of the secret `provider-accounts`. */
  secret: Readonly<Record<string, string>>;
  /** The address of its switches and its inspection. */
  origin: string;
  holdings(): Holdings;
  stop(): Promise<void>;
}

/** The credentials that holders have, which no real provider shows. */
export interface Holdings {
  /** Valid credentials in wallets. */
  held: number;
  /** Replaced or revoked. */
  revoked: number;
  /** Received by a wallet and silently discarded. */
  discarded: { holder: string; why: string }[];
}
