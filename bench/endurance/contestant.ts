/** What the endurance run needs of a server, ours or the peer. */

export interface Contestant {
  name: string;
  /** Origin of the AIR Kit sandbox it talks to. */
  sandbox: string;
  start(): Promise<void>;
  /** With SIGKILL. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Moves its signing keys on; undefined where there is no such thing. */
  rotateKeys?(): Promise<void>;
  /** What its output gives away; undefined where nobody looks. */
  leaks?(): { found: string[]; characters: number };
  /** Sends an event; true when it was acknowledged. */
  send(index: number): Promise<boolean>;
  /** How many of the acknowledged events it knows the end of, once it has had its time. */
  ended(acknowledged: readonly number[]): Promise<number>;
}

export const credentialId = 'local-kyc';
export const holderOf = (index: number) => `endurance-${index}@example.com`;
export const claims = { kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-20T09:30:00Z' };
