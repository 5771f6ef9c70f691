/** Makes our issuer a trusted contact of a wallet before the first issue into it, where the program asks for that. */
import { IssuanceError, isKind } from '../../issuance/issuance-error.ts';
import type { ProviderJob } from '../../issuance/provider.ts';
import type { Issuing } from './issuing.ts';

/** Whether the provider said that the wallet has our issuer as a contact, or we only take it to be so. */
export type Trust = 'verified' | 'assumed';

/**
 * Repeating it does no harm, so trouble with it never leaves an unknown outcome. Only what the provider said is
 * remembered: otherwise the next issuance tries again.
 */
export async function establishTrust({ holder, facts }: ProviderJob, issuing: Issuing): Promise<Trust> {
  const { account, credential, client } = issuing;
  if (credential.trust === 'assume') return 'assumed';
  const fact = `trusted-contact ${account.issuer.did} at ${account.baseUrl}`;
  if (await facts.known(fact)) return 'verified';
  const trusted = await client.addTrustedContact(holder).catch((error: unknown) => {
    if (!isKind(error, 'unknown-outcome')) throw error;
    throw new IssuanceError('provider-unavailable', { cause: error, detail: 'no answer to the contact' });
  });
  if (!trusted) return 'assumed';
  await facts.remember(fact);
  return 'verified';
}
