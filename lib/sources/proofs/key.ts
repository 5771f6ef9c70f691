/** What a secret must be to serve as a key. An empty key, or one that amounts to it, would let anyone sign. */

/** The key a secret stands for, or why it stands for none; the reason repeats nothing of the secret. */
export type Key = { key: Buffer } | { unusable: string };

/** How a scheme makes a key of a secret's text. Never throws. */
export type ReadKey = (secret: string) => Key;

/** Shortest key of any scheme, in bytes: a shorter one can be guessed from one signed message. */
export const shortestKeyBytes = 16;

/** A secret that is signed with as it stands; `prefix` is no part of what makes it hard to guess. */
export function textKey(secret: string, prefix = ''): Key {
  if (!secret.isWellFormed() || /\p{Cc}/u.test(secret) || secret.trim() !== secret) {
    return { unusable: 'must not have control characters, broken characters or spaces around it' };
  }
  const rest = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  if (Buffer.byteLength(rest) < shortestKeyBytes) {
    return { unusable: `must have at least ${shortestKeyBytes} bytes${prefix && ` besides ${prefix}`}` };
  }
  return { key: Buffer.from(secret) };
}

/** A secret that is the key in base64, of at least so many bytes. */
export function base64Key(text: string, minimumBytes: number): Key {
  const key = Buffer.from(text, 'base64');
  // Node's decoder stops at the first "=" and passes over what is not base64, down to an empty key.
  if (key.toString('base64') !== text) return { unusable: `must be base64 of at least ${minimumBytes} bytes` };
  if (key.length < minimumBytes) {
    return { unusable: `must be base64 of at least ${minimumBytes} bytes, but has ${key.length}` };
  }
  if (withoutZeros(key) < shortestKeyBytes) return { unusable: 'must not consist of zero bytes' };
  return { key };
}

/** HMAC fills a key up with zero bytes, so that zeros at its end are as good as none. */
function withoutZeros(key: Buffer): number {
  let length = key.length;
  while (length > 0 && key[length - 1] === 0) length -= 1;
  return length;
}
