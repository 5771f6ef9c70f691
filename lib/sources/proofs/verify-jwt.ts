/** Verifies a JWT of the sender with public keys that are published or in the configuration. */
import { createHash } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import { type Delivery, longestHeader, matchesAny, type Proof, type Proven, unproven } from './proof.ts';
import type { JwtSettings } from './settings/proof.ts';
import { decodeSignature } from './signature-text.ts';

/** Deadline for reading a published key set, in milliseconds: the sender waits. */
const longestFetchMs = 3000;
/** Clocks differ. */
const clockToleranceSeconds = 30;

/** The proof that these settings describe; it keeps the keys that it has read. */
export function jwtProof(settings: JwtSettings): Proof {
  const keys = keysOf(settings);
  return async (delivery, _, now) => {
    const token = tokenOf(delivery, settings);
    if (token === undefined) return unproven;
    try {
      const { payload } = await jwtVerify(token, keys, optionsOf(settings, now));
      return isAsked(payload, delivery, settings) ? { proven: true } : unproven;
    } catch (error) {
      return refusal(error, settings);
    }
  };
}

function tokenOf({ headers }: Delivery, { header }: JwtSettings): string | undefined {
  const text = headers[header ?? 'authorization'];
  if (text === undefined || text.length > longestHeader) return undefined;
  return header === undefined ? /^Bearer ([\w.-]+)$/i.exec(text)?.[1] : text;
}

/** A token without a time is as good as a signature of the body, and no better: a copy is the same event. */
function timeOf({ maxAgeSeconds, bodyHash }: JwtSettings) {
  if (maxAgeSeconds !== undefined) return { maxTokenAge: maxAgeSeconds };
  return bodyHash === undefined ? { requiredClaims: ['exp'] } : {};
}

function optionsOf(settings: JwtSettings, now: Date) {
  const { algorithms, issuer, audience } = settings;
  return {
    algorithms,
    currentDate: now,
    clockTolerance: clockToleranceSeconds,
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
    ...timeOf(settings),
  };
}

/** Whether the claims are those of the settings, and the body is the one that was signed. */
function isAsked(payload: JWTPayload, { body }: Delivery, { claims = {}, bodyHash }: JwtSettings): boolean {
  if (!Object.entries(claims).every(([name, value]) => Object.hasOwn(payload, name) && payload[name] === value)) {
    return false;
  }
  if (bodyHash === undefined) return true;
  const claimed = payload[bodyHash.claim];
  const hash = typeof claimed === 'string' ? decodeSignature(claimed, bodyHash.encoding) : undefined;
  return hash !== undefined && matchesAny([hash], [createHash(bodyHash.algorithm).update(body).digest()]);
}

function refusal(error: unknown, { maxAgeSeconds = clockToleranceSeconds }: JwtSettings): Proven {
  if (error instanceof IssuanceError) throw error;
  if (error instanceof errors.JWTExpired) return { proven: false, why: 'stale', toleranceSeconds: maxAgeSeconds };
  return unproven;
}

function keysOf({ jwks, keys = [] }: JwtSettings): JWTVerifyGetKey {
  if (jwks === undefined) return createLocalJWKSet({ keys });
  const published = createRemoteJWKSet(new URL(jwks), { timeoutDuration: longestFetchMs });
  return async (header, token) => {
    try {
      return await published(header, token);
    } catch (cause) {
      // The token names a key that is not there, or no key: it proves nothing.
      if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) throw cause;
      throw new IssuanceError('secret-unavailable', { detail: 'the sender’s published keys cannot be read', cause });
    }
  };
}
