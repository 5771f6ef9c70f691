/** On which terms an offer is pushed into a wallet. */

export interface Terms {
  /** Whether the wallet itself said that our issuer may issue directly, or we only take it to be so. */
  trust: 'verified' | 'assumed';
  /** Unattended, or into the inbox, where it waits for someone to accept it. */
  into: 'wallet' | 'inbox';
}
