/** AIR Kit "Issue on Behalf". */
import type { ProviderDefinition } from '../definition.ts';
import { connectAirKit } from './connect.ts';
import { canonicalEmail } from './email.ts';
import { type AirKitAccount, type AirKitCredential, accountSettings, credentialSettings } from './settings.ts';

export const airKit = {
  accountSettings,
  credentialSettings,
  credentialKey: 'credentialId',
  // Without the base URL: the provider publishes two for production.
  sameAccount: ({ partnerId }) => partnerId.toLowerCase(),
  severalPerHolder: false,
  reservedClaims: ['id'],
  facts: () => [],
  canonicalHolder: canonicalEmail,
  connect: connectAirKit,
} as const satisfies ProviderDefinition<AirKitAccount, AirKitCredential>;
