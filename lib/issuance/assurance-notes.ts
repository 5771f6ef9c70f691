/** What each assurance is worth, in words for those who read a record or an event. */
import type { Assurance } from './issuance.ts';

export const assuranceNotes: Readonly<Record<Assurance, string>> = {
  'on-chain': 'The provider reports the credential as anchored on chain.',
  'trust-verified':
    'The provider reports the issuer as a trusted contact of the wallet; a wallet keeps what such a contact may issue directly.',
  'provider-reported':
    'The provider accepted the credential; nothing proves that the wallet kept it, and it may have discarded it.',
};
