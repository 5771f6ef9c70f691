/** The status of a credential in the provider's terms. */
import type { Credential } from './ledger.ts';
import type { AirKitSwitches } from './switches.ts';

/** The `vcStatus` at `now`; `REVOKED` is not documented, but a revoked credential must not look like a live one. */
export function vcStatusOf(credential: Credential, switches: AirKitSwitches, now: number): string {
  if (switches.statusValue !== undefined) return switches.statusValue;
  if (credential.revokedAt !== null) return 'REVOKED';
  return now - credential.issuedAt >= switches.onchainDelayMs ? 'ONCHAIN' : 'WAIT_ONCHAIN';
}

/** A time in the provider's form, `YYYY-MM-DD HH:MM:SS` in UTC. */
export function providerDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
