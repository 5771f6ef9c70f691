/** The changes of the sandbox's state, as they are written to the journal. */
import type { JWK } from 'jose';

/** An offer as it was minted; times in ms since the epoch. `revocation` exists if the template has a status list. */
export interface MintedOffer {
  readonly id: string;
  readonly correlationId: string;
  readonly templateId: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly preAuthorizedCode: string;
  readonly mintedAt: number;
  readonly expiresAt: number;
  readonly revocation: { readonly uuid: string; readonly index: number } | null;
}

/** An offer that was put into a wallet; `unattended` is the push's `directIssue`. */
export interface Delivery {
  readonly id: string;
  readonly wallet: string;
  readonly offerUri: string;
  readonly unattended: boolean;
  readonly deliveredAt: number;
}

/** A contact of one wallet, as in the API's answer, but with times in ms since the epoch. */
export interface TrustedContact {
  readonly id: number;
  readonly did: string;
  readonly name: string;
  readonly directIssueAllowed: boolean;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}

/** The findings of a wallet about a credential before its decision. */
export interface VerifiedCredential {
  readonly iss: string;
  readonly vct: string;
  readonly kid: string;
  readonly didDocument: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly statusList: { readonly uri: string; readonly idx: number } | null;
  readonly sdJwt: string;
}

/** The reason why a wallet has not kept a credential. */
export type DiscardReason = 'exchange-failed' | 'not-verified' | 'issuer-not-trusted' | 'direct-issue-not-allowed';

/** The end of a delivery in the wallet. */
export type Outcome =
  | { readonly kept: true; readonly at: number; readonly attended: boolean; readonly credential: VerifiedCredential }
  | {
      readonly kept: false;
      readonly at: number;
      readonly reason: DiscardReason;
      readonly explanation: string;
      readonly credential: VerifiedCredential | null;
    };

/** One line of the journal. It also contains private keys, so that credentials can be verified after a restart. */
export type Change =
  | { readonly type: 'key'; readonly owner: string; readonly jwk: JWK }
  | { readonly type: 'minted'; readonly offer: MintedOffer }
  | {
      readonly type: 'redeemed';
      readonly offerId: string;
      readonly at: number;
      readonly tokenDigest: string;
      readonly tokenExpiresAt: number;
    }
  | { readonly type: 'issued'; readonly offerId: string; readonly at: number; readonly holder: string }
  | { readonly type: 'refused'; readonly offerId: string; readonly at: number }
  | { readonly type: 'revoked'; readonly revocationUuid: string; readonly at: number }
  | { readonly type: 'delivered'; readonly delivery: Delivery }
  | { readonly type: 'settled'; readonly deliveryId: string; readonly outcome: Outcome }
  | { readonly type: 'contact'; readonly wallet: string; readonly contact: TrustedContact };
