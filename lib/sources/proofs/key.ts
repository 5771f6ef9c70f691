/** The requirements for a secret that serves as a key. With an empty key, or an equivalent key, anyone could sign. */

/** The key that a secret defines, or why it defines none; the reason repeats no part of the secret. */
export type Key = { key: Buffer } | { unusable: string };

/** How a scheme derives a key from a secret. Never throws. */
export type ReadKey = (secret: string) => Key;

/** Shortest key of any scheme, in bytes: a shorter one can be guessed from one signed message. */
export const shortestKeyBytes = 16;

/** A secret that is used as it is; the length of `prefix` does not count. */
export function textKey(secret: string, prefix = '', minimumBytes = shortestKeyBytes): Key {
  if (!secret.isWellFormed() || /\p{Cc}/u.test(secret) || secret.trim() !== secret) {
    return { unusable: 'must not have control characters, broken characters or spaces around it' };
  }
  const rest = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  if (Buffer.byteLength(rest) < minimumBytes) {
    return { unusable: `must have at least ${minimumBytes} bytes${prefix && ` besides ${prefix}`}` };
  }
  return { key: Buffer.from(secret) };
}

/** A secret that is the key in base64, with this minimum number of bytes. */
export function base64Key(text: string, minimumBytes: number): Key {
  const key = Buffer.from(text, 'base64');
  // Node's decoder stops at the first "=" and ignores invalid characters, so that the key could even be empty.
  return key.toString('base64') === text ? longEnough(key, 'base64', minimumBytes) : wrong('base64', minimumBytes);
}

/** A secret that is the key in hexadecimal digits, with this minimum number of bytes. */
export function hexKey(text: string, minimumBytes: number): Key {
  const key = Buffer.from(text, 'hex');
  return key.toString('hex') === text.toLowerCase()
    ? longEnough(key, 'hexadecimal digits', minimumBytes)
    : wrong('hexadecimal digits', minimumBytes);
}

function wrong(written: string, minimumBytes: number): Key {
  return { unusable: `must be ${written} of at least ${minimumBytes} bytes` };
}

function longEnough(key: Buffer, written: string, minimumBytes: number): Key {
  if (key.length < minimumBytes) {
    return { unusable: `must be ${written} of at least ${minimumBytes} bytes, but has ${key.length}` };
  }
  if (withoutZeros(key) < shortestKeyBytes) return { unusable: 'must not consist of zero bytes' };
  return { key };
}

/** HMAC pads a key with zero bytes, so zeros at its end add nothing. */
function withoutZeros(key: Buffer): number {
  let length = key.length;
  while (length > 0 && key[length - 1] === 0) length -= 1;
  return length;
}
