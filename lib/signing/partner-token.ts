/** Partner JWTs: what proves to a provider that a request is ours. */

export interface PartnerTokenClaims {
  partnerId: string;
  /** The holder's address, canonical. */
  email: string;
  scope: string;
}

/** Signs Partner JWTs with the current key. */
export interface PartnerTokens {
  /** A compact JWS. Throws `signing-key-unavailable`. */
  sign(claims: PartnerTokenClaims): Promise<string>;
  /** Forgets the cached keys: the provider did not accept the last token. */
  refresh(): Promise<void>;
}
