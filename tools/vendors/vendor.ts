/** What docs/vendors.md says about a sender of webhooks, and its tests prove. */
import type { ChallengeSettings } from '../../lib/sources/challenges/settings.ts';
import type { ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';

/** What a valid proof guarantees; the rest could have been changed by someone who saw the request. */
export type Covered = 'body' | 'part of the body' | 'checksum of the body' | 'time' | 'id' | 'address';

export interface Vendor {
  /** Its signer in the tests has the same name. */
  name: string;
  /** Address of the vendor's own description of its proof. */
  documentation: string;
  /** Settings that verify its webhooks, or why there are none. Public keys in them are placeholders. */
  proof: ProofSettings | { none: string };
  /** What to store as the source's secret, or which keys to set, if the vendor's secret is not stored as it is. */
  secret?: string;
  /** How the source answers what the vendor asks before it sends events. */
  challenge?: ChallengeSettings;
  covers: readonly Covered[];
  /** Where the holder's address is, or what a look-up starts from. */
  holder: string;
  /** Whether the event itself has the holder's e-mail address. */
  hasEmail: 'yes' | 'sometimes' | 'no';
  /** Members for id, time and sequence. */
  event: string;
  oddities?: string;
  /** What the row was compared with. */
  checked: 'documentation' | 'package' | 'public code' | 'nothing';
}

/** Groups of vendors, in the order of the document. */
export interface VendorGroup {
  title: string;
  vendors: readonly Vendor[];
}
