/** Partner JWTs, which prove to a provider that a request is ours. */
import { type CryptoKey, importJWK, SignJWT } from 'jose';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { type KeyId, parseKeyRing } from './key-ring.ts';
import { secretCache } from './secret-cache.ts';

export interface PartnerTokenClaims {
  partnerId: string;
  /** The holder's canonical address. */
  email: string;
  scope: string;
}

/** Signs Partner JWTs with the current key. */
export interface PartnerTokens {
  /** A compact JWS. Throws `signing-key-unavailable`. */
  sign(claims: PartnerTokenClaims): Promise<string>;
  /** Reads the ring again before the next token, because the provider did not accept the last token. */
  refresh(): void;
}

export interface PartnerTokenPorts {
  /** The secret with the ring, and the id of its version. */
  readRing(): Promise<{ version: string; text: string }>;
  now(): Date;
}

/** Five minutes, as the provider recommends; it refuses more than fifteen minutes. */
const lifetimeSeconds = 300;
/** Back-dating: clocks differ, and a provider refuses a token from the future. */
const backdatedSeconds = 30;
/** The last valid ring is used for a day: after a rotation, a key stays valid for far longer. */
const times = { freshMs: 5 * 60_000, staleMs: 24 * 3600_000, refreshEveryMs: 5_000 };

interface LoadedKey {
  version: string;
  kid: KeyId;
  key: CryptoKey | Uint8Array;
  /** Time before which the key may not sign, in milliseconds since the epoch. */
  signsFrom: number;
}

/** Partner JWTs as the AIR Kit documentation describes them: RS256 with `kid` and `typ: JWT`. */
export function partnerTokens(ports: PartnerTokenPorts): PartnerTokens {
  let refused = false;
  const load = async (before: LoadedKey | undefined) => {
    const key = await loadKey(ports, before);
    refused = false;
    return key;
  };
  const keys = secretCache(load, times, ports.now, 'signing-key-unavailable');
  return {
    async sign({ partnerId, email, scope }) {
      const { key, kid, signsFrom } = await (refused ? keys.refresh() : keys.read());
      const now = ports.now().getTime();
      if (now < signsFrom) throw notYetPublic(signsFrom - now);
      const issuedAt = Math.floor(now / 1000) - backdatedSeconds;
      return new SignJWT({ partnerId, email, scope })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(key);
    },
    refresh() {
      refused = true;
    },
  };
}

/** Imports the key only if the secret has a new version: an import costs three times as much as a signature. */
async function loadKey(ports: PartnerTokenPorts, before: LoadedKey | undefined): Promise<LoadedKey> {
  const { version, text } = await ports.readRing();
  if (before?.version === version) return before;
  const { current, signsFrom } = await parseKeyRing(text);
  const key = await importJWK(current, 'RS256');
  return { version, kid: current.kid, key, signsFrom: signsFrom === undefined ? 0 : Date.parse(signsFrom) };
}

function notYetPublic(forMs: number): IssuanceError {
  return new IssuanceError('signing-key-unavailable', {
    detail: 'after an emergency rotation the new key has to be public for a while before it signs',
    retryAfterSeconds: Math.ceil(forMs / 1000),
  });
}
