/** The other side: a model of AIR Kit that keeps its contract, its clock and its silence about duplicates. */
import type { Random } from './random.ts';
import type { Weather } from './weather.ts';

export interface Credential {
  hash: string;
  email: string;
  credentialId: string;
  /** The claims it carries. */
  event: string;
  variant: string;
  /** By the provider's clock. */
  issuedAt: number;
  /** From here on the status call knows it. True time, as the next ones. */
  visibleAt: number;
  onChainAt: number;
  /** Until here the status is a value nobody has documented. */
  oddUntil: number;
  revoked: boolean;
}

export interface IssueBody {
  credentialId: string;
  credentialSubject: Record<string, string>;
  onDuplicate: 'revoke' | 'ignore';
}

export interface Answer {
  status: number;
  json: unknown;
  /** A credential that this call issued. */
  committed?: Credential;
}

const minute = 60_000;

export class ProviderModel {
  readonly ledger: Credential[] = [];
  /** Holders who have rejected credentials from this partner. */
  readonly refusing = new Set<string>();
  /** Out of service until then. */
  outageUntil = 0;
  /** The feature is off for the partner account until then. */
  forbiddenUntil = 0;
  readonly #random: Random;
  readonly #weather: Weather;

  constructor(random: Random, weather: Weather) {
    this.#random = random;
    this.#weather = weather;
  }

  clock(now: number): number {
    return now + this.#weather.providerClockOffset;
  }

  live(email: string, credentialId: string): Credential | undefined {
    return this.ledger.find((held) => !held.revoked && held.email === email && held.credentialId === credentialId);
  }

  find(hash: string | undefined): Credential | undefined {
    return this.ledger.find((held) => held.hash === hash);
  }

  issue(email: string, body: IssueBody, now: number): Answer {
    const refusal = this.#refusal(now);
    if (refusal !== undefined) return refusal;
    if (body.credentialSubject['fit'] === 'false') return { status: 400, json: { error: 400, message: 'claims' } };
    if (this.refusing.has(email)) return { status: 409, json: { error: 409, message: 'rejected' } };
    const held = this.live(email, body.credentialId);
    if (held !== undefined && body.onDuplicate === 'ignore') {
      return this.#weather.ignoreConflicts ? { status: 409, json: { error: 409, message: 'duplicate' } } : given(held);
    }
    if (held !== undefined) held.revoked = true;
    const committed = this.#issued(email, body, now);
    this.ledger.push(committed);
    return { ...given(committed), committed };
  }

  status(hash: string, now: number): Answer {
    const refusal = this.#refusal(now);
    if (refusal !== undefined) return refusal;
    const held = this.find(hash);
    if (held === undefined || now < held.visibleAt) return { status: 404, json: { error: 404, message: 'unknown' } };
    const settled = held.revoked && this.#weather.tellsRevoked ? 'REVOKED' : 'ONCHAIN';
    const vcStatus = now < held.oddUntil ? 'PINNING' : now < held.onChainAt ? 'WAIT_ONCHAIN' : settled;
    const issuanceDate = new Date(held.issuedAt).toISOString().slice(0, 19).replace('T', ' ');
    return { status: 200, json: { coreClaimHash: hash, issuanceDate, vcId: `vc-${hash.slice(-4)}`, vcStatus } };
  }

  #refusal(now: number): Answer | undefined {
    if (now < this.outageUntil) return { status: 503, json: { error: 503, message: 'out of service' } };
    if (now < this.forbiddenUntil) return { status: 403, json: { error: 403, message: 'not allowed' } };
    return undefined;
  }

  #issued(email: string, { credentialId, credentialSubject }: IssueBody, now: number): Credential {
    const random = this.#random;
    const weather = this.#weather;
    const missing = weather.strikes('status-missing', now) ? random.pick([2_000, 30_000, 11 * minute]) : 0;
    const odd = weather.strikes('status-unknown', now) ? random.pick([5_000, 5 * minute]) : 0;
    const never = weather.strikes('never-on-chain', now, 0.5);
    const pending = random.pick([0, 0, 800, 3_000, 20_000, random.chance(0.2) ? 40 * minute : 60_000]);
    return {
      hash: (this.ledger.length + 1).toString(16).padStart(64, '0'),
      email,
      credentialId,
      event: credentialSubject['event'] ?? '',
      variant: credentialSubject['variant'] ?? '',
      issuedAt: this.clock(now),
      visibleAt: now + missing,
      onChainAt: never ? Number.POSITIVE_INFINITY : now + pending,
      oddUntil: now + odd,
      revoked: false,
    };
  }
}

function given({ hash, credentialId }: Credential): Answer {
  return { status: 200, json: { coreClaimHash: hash, credentialId, userUuid: `user-${hash.slice(-4)}` } };
}
