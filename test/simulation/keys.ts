/** Signing keys by their kid alone: the ring in its secret, the published set, rotation, and tokens of a container. */
import type { PartnerTokenClaims, PartnerTokens } from '../../lib/signing/partner-token.ts';
import { mark } from './settings.ts';

type Ring = { current: string; next: string; previous?: string };

/** How long a container uses the ring it has read, and the provider a set it has fetched. */
const freshMs = 5 * 60_000;
const refreshEveryMs = 5_000;
const jwksCacheMs = 60_000;

export class Keys {
  #ring: Ring = { current: 'kid-1', next: 'kid-2' };
  #pending: Ring | undefined;
  #published = new Set(['kid-1', 'kid-2']);
  #made = 2;
  #cached: { kids: Set<string>; at: number } = { kids: this.#published, at: 0 };

  get ring(): Ring {
    return this.#ring;
  }

  isPublished(kid: string): boolean {
    return this.#published.has(kid);
  }

  /** The four steps of a rotation; each may be repeated. */
  readonly steps: readonly (() => void)[] = [
    () => {
      if (this.#pending !== undefined) return;
      this.#made += 1;
      this.#pending = { previous: this.#ring.current, current: this.#ring.next, next: `kid-${this.#made}` };
    },
    () => {
      const rings = this.#pending ? [this.#pending, this.#ring] : [this.#ring];
      this.#published = new Set(rings.flatMap((ring) => Object.values(ring)));
    },
    () => {
      const kids = Object.values(this.#pending ?? {});
      if (!kids.every((kid) => this.#published.has(kid))) throw new Error('A key of the new ring is not published');
    },
    () => {
      if (this.#pending) this.#ring = this.#pending;
      this.#pending = undefined;
    },
  ];

  /** A rotation that makes a key, signs with it at once and publishes it later: what rotation must never do. */
  readonly stepsInWrongOrder: readonly (() => void)[] = [
    () => {
      this.#made += 1;
      this.#pending = { previous: this.#ring.current, current: `kid-${this.#made}`, next: this.#ring.next };
    },
    () => {
      if (this.#pending) this.#ring = this.#pending;
      this.#pending = undefined;
    },
    () => {
      this.#published = new Set(Object.values(this.#ring));
    },
  ];

  /** Whether the provider accepts a token; it fetches the set again periodically, and for a kid it does not know. */
  providerKnows(kid: string, now: number): boolean {
    const age = now - this.#cached.at;
    if (age > freshMs || (age > jwksCacheMs && !this.#cached.kids.has(kid))) {
      this.#cached = { kids: this.#published, at: now };
    }
    return this.#cached.kids.has(kid);
  }
}

/** Partner tokens of one container, which keeps the ring it has read for a while. */
export class ContainerTokens implements PartnerTokens {
  readonly #keys: Keys;
  readonly #now: () => number;
  #loaded: { kid: string; at: number } | undefined;
  #stale = false;

  constructor(keys: Keys, now: () => number) {
    this.#keys = keys;
    this.#now = now;
  }

  async sign({ email }: PartnerTokenClaims): Promise<string> {
    const age = this.#loaded === undefined ? Number.POSITIVE_INFINITY : this.#now() - this.#loaded.at;
    if (this.#loaded === undefined || age >= freshMs || (this.#stale && age > refreshEveryMs)) {
      this.#loaded = { kid: this.#keys.ring.current, at: this.#now() };
      this.#stale = false;
    }
    return `${this.#loaded.kid}|${email}|${mark}`;
  }

  refresh(): void {
    this.#stale = true;
  }
}
