/** The ports of the rotation of the signing keys. */
import type { Log } from '../issuance/log-events.ts';
import type { Jwks } from './key-ring.ts';

/** A version of the secret with the ring. */
export interface RingVersion {
  version: string;
  text: string;
}

/** The secret with the ring, by version. */
export interface RingSecret {
  /** The version with this staging label; undefined if there is none, or if it is not `version`. */
  read(stage: 'AWSCURRENT' | 'AWSPENDING', version?: string): Promise<RingVersion | undefined>;
  /** Staging labels of a version; undefined if there is no such version. */
  stagesOf(version: string): Promise<readonly string[] | undefined>;
  /** Writes a version and moves AWSPENDING to it. */
  stagePending(version: string, text: string): Promise<void>;
  /** Removes AWSPENDING from this version, so that the next rotation starts again. */
  abandon(version: string): Promise<void>;
  /** Moves AWSCURRENT from the first version to the second; throws if the first does not have it (any more). */
  promote(version: string, from: string | undefined): Promise<void>;
}

/** The document that the public address serves now. */
export interface PublicJwks {
  jwks: unknown;
  /** When it was published; undefined if the address does not say. */
  since?: Date;
}

export interface JwksSite {
  publish(jwks: Jwks): Promise<void>;
  /** Throws if the address serves nothing. */
  fetch(): Promise<PublicJwks>;
}

export interface RotationPorts {
  secret: RingSecret;
  site: JwksSite;
  log: Log;
  now(): Date;
  /** How long a key must have been public before it signs, in milliseconds. */
  publicMs: number;
  /** Waits before the public address is read again. */
  pause(): Promise<void>;
}
