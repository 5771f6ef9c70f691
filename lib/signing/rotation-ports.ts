/** What the rotation of the signing keys needs of the world around it. */
import type { Log } from '../issuance/log-events.ts';
import type { Jwks } from './key-ring.ts';

/** A version of the secret that holds the ring. */
export interface RingVersion {
  version: string;
  text: string;
}

/** The secret that holds the ring, version by version. */
export interface RingSecret {
  /** The version with this staging label; undefined when there is none, or when it is not `version`. */
  read(stage: 'AWSCURRENT' | 'AWSPENDING', version?: string): Promise<RingVersion | undefined>;
  /** Stages of a version; undefined when the secret does not know it. */
  stagesOf(version: string): Promise<readonly string[] | undefined>;
  /** Fills a version and gives it AWSPENDING, which whatever had it loses. */
  stagePending(version: string, text: string): Promise<void>;
  /** Takes AWSPENDING from this version, so that the next rotation begins again. */
  abandon(version: string): Promise<void>;
  /** Moves AWSCURRENT from the one version to the other; throws when the first does not have it (any more). */
  promote(version: string, from: string | undefined): Promise<void>;
}

/** What the public address serves just now. */
export interface PublicJwks {
  jwks: unknown;
  /** When it was put there; undefined when the address does not say. */
  since?: Date;
}

export interface JwksSite {
  publish(jwks: Jwks): Promise<void>;
  /** Throws when the address serves nothing. */
  fetch(): Promise<PublicJwks>;
}

export interface RotationPorts {
  secret: RingSecret;
  site: JwksSite;
  log: Log;
  now(): Date;
  /** How long a key must have been public before it signs, in milliseconds. */
  publicMs: number;
  /** Waits before the public address is looked at again; one look is all there is without it. */
  pause?(): Promise<void>;
}
