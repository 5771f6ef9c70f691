/** The terms of a push. */

export interface Terms {
  /** Whether the wallet itself stated that our issuer may issue directly, or whether this is only assumed. */
  trust: 'verified' | 'assumed';
  /** Unattended, or into the inbox, where it waits for someone to accept it. */
  into: 'wallet' | 'inbox';
}
