/** What the life cycle needs of a provider: hand over, find out what became of a lost call, ask how it stands. */
import type { Assurance, Claims, Offered, Reason, Receipt } from './issuance.ts';

/** What a provider is told about an issuance. */
export interface ProviderJob {
  issuanceId: string;
  program: string;
  /** Canonical, as the provider's `canonicalHolder` gave it. */
  holder: string;
  claims: Claims;
  /**
   * What was kept by an earlier attempt. The member `round` is also raised by an operator's retry, which keeps the
   * rest: what an ended issuance left at the provider may still live.
   */
  progress: Receipt;
  /** What the provider calls the credentials this slot is known to have had; newest last. */
  knownReceipts: readonly string[];
  /** What is known of this holder, across issuances. */
  facts: HolderFacts;
  /** Keeps something durably before the next call; throws `lease-lost` when another worker has taken over. */
  keep(progress: Receipt): Promise<void>;
}

/** Remembers for a while what a provider itself said of a holder. */
export interface HolderFacts {
  known(fact: string): Promise<boolean>;
  remember(fact: string): Promise<void>;
}

/** A job whose last call may or may not have reached the provider. */
export interface LostJob extends ProviderJob {
  /** When the lost attempt began (our clock). */
  lostSince: Date;
}

/** The provider has it. */
export interface Submission {
  receipt: Receipt;
  /** What the provider calls this credential, for the slot's memory. */
  knownAs: string;
  /** It was only offered: someone has to accept it. */
  offered?: Offered;
  /** It is an older credential, which the provider kept: these claims were not issued. */
  existing?: true;
}

/** What became of a lost call. */
export type Recovery = { outcome: 'committed'; submission: Submission } | { outcome: 'not-committed' };

/** A job the provider has accepted. */
export interface SubmittedJob {
  issuanceId: string;
  program: string;
  holder: string;
  receipt: Receipt;
  offered?: Offered;
  /** When the provider was first asked for it (our clock): what was issued before is not of it. */
  begunAt: Date;
}

/** What the provider says of a submitted job; `receipt` is what it tells to act on the credential later. */
export type Standing =
  /** `overdue` is the reason when it stays so beyond the deadline, if there is a better one than that it does. */
  | { state: 'pending'; receipt?: Receipt; overdue?: 'waits-in-inbox' }
  | { state: 'confirmed'; assurance: Assurance; receipt?: Receipt; existing?: true }
  | { state: 'failed'; reason: Reason; receipt?: Receipt }
  /** The provider has revoked the credential that the receipt names. */
  | { state: 'revoked' }
  /** A value nobody has seen: neither success nor failure. */
  | { state: 'unrecognized'; receipt?: Receipt }
  /** The provider does not know the job (yet). */
  | { state: 'missing' };

/**
 * A provider, ready to talk. Every method throws IssuanceError: `permanent` and `retry-later` say that the provider
 * did not act, `unknown-outcome` that it may have.
 */
export interface Provider {
  /**
   * Whether `recover` may itself make the provider issue. Then it is never called before a late call can have been
   * carried out: the two could replace each other.
   */
  readonly askingMayIssue: boolean;
  /** Hands the credential over. */
  submit(job: ProviderJob): Promise<Submission>;
  /**
   * Finds out what became of a lost call. Here `permanent` says that the lost call did not act either, and
   * `outcome-unknown` that it cannot be told for good.
   */
  recover(job: LostJob): Promise<Recovery>;
  /** Asks how a submitted job stands. */
  check(job: SubmittedJob): Promise<Standing>;
}
