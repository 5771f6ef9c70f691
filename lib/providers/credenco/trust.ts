/** The statement of a wallet about our issuer, if the program requests it, and the resulting terms. */
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { Issuing } from './issuing.ts';
import type { CredencoAccount } from './settings.ts';
import type { Terms } from './terms.ts';

/** The name of the stored fact about a wallet that allows direct issue. */
export function trustedContact({ issuer, baseUrl }: CredencoAccount): string {
  return `trusted-contact ${issuer.did} at ${baseUrl}`;
}

/**
 * Throws `wallet-refuses-direct-issue`, with nothing minted, unless the program uses the inbox. Repeating the request is
 * harmless, so its failure is never an unknown outcome. Only the wallet's own positive statement is stored: otherwise
 * the next issuance asks again.
 */
export async function agreeTerms({ holder, facts }: ProviderJob, issuing: Issuing): Promise<Terms> {
  const { account, credential, client } = issuing;
  if (credential.trust === 'assume') return { trust: 'assumed', into: 'wallet' };
  const fact = trustedContact(account);
  if (await facts.known(fact)) return { trust: 'verified', into: 'wallet' };
  const word = await client.addTrustedContact(holder).catch((error: unknown) => {
    if (!isKind(error, 'unknown-outcome')) throw error;
    throw new IssuanceError('provider-unavailable', { cause: error, detail: 'no answer to the contact' });
  });
  switch (word) {
    case 'allowed':
      await facts.remember(fact);
      return { trust: 'verified', into: 'wallet' };
    case 'unsaid':
      return { trust: 'assumed', into: 'wallet' };
    case 'refused':
      if (credential.fallback !== 'inbox') throw new IssuanceError('wallet-refuses-direct-issue');
      return { trust: 'assumed', into: 'inbox' };
  }
}
