/** What each assurance proves, as a sentence for readers of a record or an event. */
import type { Assurance, Issuance } from './issuance.ts';

const inboxNote =
  'The wallet does not allow our issuer to issue directly, so the credential was offered in its inbox. The provider reports that it was accepted from there; nothing proves that the wallet kept it.';

/** The note on an issuance that has an assurance. */
export function assuranceNote({ assurance, offered }: Pick<Issuance, 'assurance' | 'offered'>): string | undefined {
  if (assurance === undefined) return undefined;
  return offered === 'inbox' ? inboxNote : assuranceNotes[assurance];
}

const assuranceNotes: Readonly<Record<Assurance, string>> = {
  'on-chain': 'The provider reports the credential as anchored on chain.',
  'trust-verified':
    'The provider reports the issuer as a trusted contact of the wallet. A wallet keeps credentials of a contact that may issue directly.',
  'provider-reported':
    'The provider accepted the credential. Nothing proves that the wallet kept it; it may have discarded it.',
};
