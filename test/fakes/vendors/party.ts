/** Vendors as the tests play them: each signs by the algorithm that it publishes, or with its own package. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { Delivery } from '../../../lib/sources/proofs/proof.ts';

/** A key of a vendor, made for one test. */
export interface VendorKey {
  /** What the source's secret has; undefined if the vendor's keys are public. */
  stored?: string;
  /** What `keys` of the settings has. */
  public?: string | JWK;
  deliver(at: Date, sent?: Sent): Delivery | Promise<Delivery>;
}

/** What is sent, and where to. A vendor with its signature inside the body sends only its own. */
export interface Sent {
  /** Default: `plainBody`. */
  body?: string;
  /** Default: `endpoint`. */
  url?: string;
}

export interface Party {
  newKey(): VendorKey | Promise<VendorKey>;
  /** Text in the body that the signature covers, if it covers only a part. */
  signedPart?: string;
}

/** The event of a vendor whose proof covers the whole body, or nothing of it. The tests change `Gold`. */
export const plainBody = '{"id":"evt_4711","data":{"email":"mary@example.com","tier":"Gold"}}';

/** The address of the endpoint, as the vendor knows it. */
export const endpoint = 'https://api.example.com/v1/events/vendor';

export const delivery = (
  headers: Record<string, string>,
  { body = plainBody, url = endpoint }: Sent = {},
): Delivery => ({
  headers,
  body: Buffer.from(body),
  method: 'POST',
  url,
});

export const randomText = () => randomBytes(24).toString('base64url');
export const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export function sign(
  key: string | Buffer,
  text: string,
  encoding: 'hex' | 'base64' = 'hex',
  algorithm = 'sha256',
): string {
  return createHmac(algorithm, key).update(text).digest(encoding);
}

/** A vendor with a shared secret that is stored as it is. */
export function shared(
  headersFor: (secret: string, at: Date, body: string, url: string) => Record<string, string>,
): Party {
  return {
    newKey: () => {
      const secret = randomText();
      return {
        stored: secret,
        deliver: (at, { body = plainBody, url = endpoint } = {}) =>
          delivery(headersFor(secret, at, body, url), { body, url }),
      };
    },
  };
}

/** A vendor that sends a token, of which only the hash is stored. */
export function token(requestWith: (token: string) => Partial<Delivery>, newToken = randomText): Party {
  return {
    newKey: () => {
      const secret = newToken();
      return { stored: sha256(secret), deliver: (_, sent) => ({ ...delivery({}, sent), ...requestWith(secret) }) };
    },
  };
}
