/** Which faults a seed meets, how often, and for how long. */
import type { Random } from './random.ts';

/** What may happen to a call of one of our own services. */
export const callFaults = [
  'call-refused',
  'call-lost-before',
  'call-answer-lost',
  'call-repeated',
  'crash-before-call',
  'crash-in-flight',
  'crash-after-call',
] as const;

const oneTimeFaults = callFaults.filter((kind) => kind !== 'call-repeated');

/** What may happen to a call of the provider. */
export const providerFaults = [
  'provider-unreachable',
  'provider-dropped-before-commit',
  'provider-dropped-after-commit',
  'provider-hung-before-commit',
  'provider-hung-after-commit',
  'provider-dropped-late-commit',
  'provider-hung-late-commit',
  'provider-5xx-late-commit',
  'provider-crash-late-commit',
  'provider-429',
  'provider-503',
  'provider-5xx-before-commit',
  'provider-5xx-after-commit',
  'provider-503-after-commit',
  'provider-garbled-after-commit',
  'provider-crash-before-call',
  'provider-crash-in-flight',
  'provider-crash-after-commit',
] as const;

/** How a call looks from here whose request arrives when nobody waits for it any more. */
export const lateFaults = [
  'provider-dropped-late-commit',
  'provider-hung-late-commit',
  'provider-5xx-late-commit',
  'provider-crash-late-commit',
] as const satisfies readonly ProviderFault[];

/** What may happen to the parts around the calls. */
type OtherFault =
  | 'function-timed-out'
  | 'http-answer-lost'
  | 'message-delivered-twice'
  | 'message-not-deleted'
  | 'message-redriven'
  | 'round-answer-lost'
  | 'execution-stopped'
  | 'execution-started-twice'
  | 'index-stale'
  | 'clock-jumped'
  | 'clock-off'
  | 'worker-stalled'
  | 'key-rotated'
  | 'rotation-repeated'
  | 'provider-outage'
  | 'provider-forbids'
  | 'holder-refuses'
  | 'status-missing'
  | 'status-unknown'
  | 'status-of-another'
  | 'never-on-chain'
  | 'lookup-failed'
  | 'lookup-slow';

export type CallFault = (typeof callFaults)[number];
export type ProviderFault = (typeof providerFaults)[number];
export type FaultKind = CallFault | ProviderFault | OtherFault;

/** Within the settling time of a call, and within twice that time, whatever its caller saw of it. */
export const lateMs = 20_000;
const veryLateMs = 50_000;

export class Weather {
  /** Clocks that jump, hosts whose clock is off, workers that outlive their lease. Few seeds have them. */
  readonly clocksJump: boolean;
  /** `ignore` answers 409 when the holder has the credential. */
  readonly ignoreConflicts: boolean;
  /** How long an event waits for newer ones. */
  readonly coalesceSeconds: number;
  /** The provider's clock minus the true time, in milliseconds. */
  readonly providerClockOffset: number;
  /** Up to how long after our deadline for it the provider may carry out a call, in milliseconds. */
  readonly mostLateMs: number;
  /** Whether the status of a credential says that it was revoked. */
  readonly tellsRevoked: boolean;
  /** Faults stop at this time. */
  readonly endsAt: number;
  readonly counts = new Map<FaultKind, number>();
  readonly #random: Random;
  readonly #callRate: number;
  readonly #providerRate: number;
  readonly #otherRate: number;
  readonly #providerFaults: readonly ProviderFault[];

  constructor(random: Random, start: number, onlyVeryLate = false) {
    this.#random = random;
    this.clocksJump = random.chance(0.15);
    this.ignoreConflicts = random.chance(0.25);
    this.coalesceSeconds = random.pick([0, 0, 0, 30]);
    this.providerClockOffset = random.chance(0.3) ? random.between(-300_000, 300_000) : random.between(-900, 900);
    this.endsAt = start + random.between(60_000, 1_500_000);
    this.#callRate = random.pick([0, 0.005, 0.02, 0.06]);
    this.#providerRate = random.pick([0, 0.1, 0.3, 0.6]);
    this.#otherRate = random.pick([0, 0.05, 0.2]);
    // Later than what settles: then only the provider's word that it has revoked what we hold can tell.
    const isVeryLate = random.chance(onlyVeryLate ? 1 : 0.25) && !this.clocksJump;
    this.mostLateMs = isVeryLate ? veryLateMs : lateMs;
    this.#providerFaults = onlyVeryLate ? lateFaults : providerFaults;
    this.tellsRevoked = isVeryLate || random.chance(0.5);
  }

  count(kind: FaultKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  /** Whether a fault around the calls happens now; counted if it does. */
  strikes(kind: OtherFault, now: number, weight = 1): boolean {
    if (now >= this.endsAt || !this.#random.chance(this.#otherRate * weight)) return false;
    this.count(kind);
    return true;
  }

  /** The fault that a call of one of our services meets, if any. */
  forCall(now: number, repeatable: boolean): CallFault | undefined {
    return this.#draw(repeatable ? callFaults : oneTimeFaults, this.#callRate, now);
  }

  forProviderCall(now: number): ProviderFault | undefined {
    return this.#draw(this.#providerFaults, this.#providerRate, now);
  }

  #draw<Kind extends FaultKind>(kinds: readonly Kind[], rate: number, now: number): Kind | undefined {
    if (now >= this.endsAt || !this.#random.chance(rate)) return undefined;
    const kind = this.#random.pick(kinds);
    this.count(kind);
    return kind;
  }
}
