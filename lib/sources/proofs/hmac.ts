/** Signatures with HMAC and a shared secret. */
import { createHmac } from 'node:crypto';
import { base64Key, hexKey, type Key, shortestKeyBytes, textKey } from './key.ts';
import { matchesAny, type Scheme } from './proof.ts';
import type { HmacSettings } from './settings/proof.ts';
import { coveredId, proveSigned } from './signed-message.ts';

/** The scheme that these settings describe. */
export function hmac(settings: HmacSettings): Scheme {
  const { algorithm } = settings;
  return {
    readKey: (secret) => readKey(secret, settings),
    proof: (delivery, keys, now) =>
      proveSigned(
        delivery,
        settings,
        // A signature of another length matches nothing.
        ({ signatures, signed }) =>
          matchesAny(
            signatures,
            keys.map((key) => signWith(algorithm, key, signed)),
          ),
        now,
      ),
    coveredId: (delivery) => coveredId(delivery, settings),
  };
}

function signWith(algorithm: string, key: Buffer, pieces: readonly (string | Buffer)[]): Buffer {
  return pieces.reduce((mac, piece) => mac.update(piece), createHmac(algorithm, key)).digest();
}

function readKey(secret: string, { key, keyPrefix = '', keyBytes = shortestKeyBytes }: HmacSettings): Key {
  if (key === undefined || key === 'text') return textKey(secret, keyPrefix, keyBytes);
  const digits = secret.startsWith(keyPrefix) ? secret.slice(keyPrefix.length) : secret;
  return key === 'hex' ? hexKey(digits, keyBytes) : base64Key(digits, keyBytes);
}
