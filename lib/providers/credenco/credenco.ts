/** Credenco Business Wallet "direct issue". */
import type { ProviderDefinition } from '../definition.ts';
import { connectCredenco } from './connect.ts';
import { accountSettings, type CredencoAccount, type CredencoCredential, credentialSettings } from './settings.ts';
import { trustedContact } from './trust.ts';
import { canonicalWalletKey } from './wallet-key.ts';

export const credenco = {
  accountSettings,
  credentialSettings,
  credentialKey: 'templateId',
  sameAccount: ({ baseUrl, issuer }) => `${baseUrl} ${issuer.did}`,
  severalPerHolder: true,
  reservedClaims: [],
  facts: (account) => [trustedContact(account)],
  canonicalHolder: canonicalWalletKey,
  connect: connectCredenco,
} as const satisfies ProviderDefinition<CredencoAccount, CredencoCredential>;
