/** The nonces of the nonce endpoint (OpenID4VCI 1.0, section 7): each is valid for one proof within five minutes. */
import { randomBytes } from 'node:crypto';

const lifetimeMs = 300_000;

/** Issues nonces and accepts each once; `now` in ms since the epoch. */
export interface Nonces {
  create(now: number): string;
  /** Whether the nonce was valid; it is invalid afterwards. */
  use(nonce: string, now: number): boolean;
}

/** Creates an empty store. Nonces do not survive a restart; wallets request another. */
export function createNonces(): Nonces {
  const expiries = new Map<string, number>();
  const forgetExpired = (now: number) => {
    for (const [nonce, expiresAt] of expiries) {
      if (expiresAt > now) return;
      expiries.delete(nonce);
    }
  };
  return {
    create: (now) => {
      forgetExpired(now);
      const nonce = randomBytes(24).toString('base64url');
      expiries.set(nonce, now + lifetimeMs);
      return nonce;
    },
    use: (nonce, now) => {
      const expiresAt = expiries.get(nonce);
      expiries.delete(nonce);
      return expiresAt !== undefined && expiresAt > now;
    },
  };
}
