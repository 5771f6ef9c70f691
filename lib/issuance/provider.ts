/** The provider port of the life cycle: submit, determine the outcome of a lost call, request the status. */
import type { Assurance, Claims, Offered, Reason, Receipt } from './issuance.ts';

/** The data of an issuance for a provider. */
export interface ProviderJob {
  issuanceId: string;
  program: string;
  /** Canonical, from the provider's `canonicalHolder`. */
  holder: string;
  claims: Claims;
  /**
   * The progress of earlier attempts. An operator's retry also raises the member `round`, and keeps the rest, because
   * what an ended issuance left at the provider may still be valid.
   */
  progress: Receipt;
  /** The provider's ids of the known credentials of this slot; newest last. */
  knownReceipts: readonly string[];
  /** The facts about this holder, across issuances. */
  facts: HolderFacts;
  /** Stores progress before the next call; throws `lease-lost` if another worker has taken over. */
  keep(progress: Receipt): Promise<void>;
}

/** Stores for a limited time what a provider itself stated about a holder. */
export interface HolderFacts {
  known(fact: string): Promise<boolean>;
  remember(fact: string): Promise<void>;
}

/** A job whose last call may or may not have reached the provider. */
export interface LostJob extends ProviderJob {
  /** When the lost attempt began (our clock). */
  lostSince: Date;
}

/** The provider has accepted it. */
export interface Submission {
  receipt: Receipt;
  /** The provider's id of this credential, for the slot. */
  knownAs: string;
  /** The credential was only offered, and someone has to accept it. */
  offered?: Offered;
  /** The holder keeps an older credential: these claims were not issued. */
  existing?: true;
}

/** The outcome of a lost call. */
export type Recovery = { outcome: 'committed'; submission: Submission } | { outcome: 'not-committed' };

/** A job that the provider has accepted. */
export interface SubmittedJob {
  issuanceId: string;
  program: string;
  holder: string;
  receipt: Receipt;
  offered?: Offered;
  /** When it was first submitted (our clock): a credential that was issued before does not belong to it. */
  begunAt: Date;
}

/** The status of a submitted job; `receipt` has ids for acting on the credential later. */
export type Standing =
  /** `overdue` is a more specific reason for staying in this state beyond the deadline, if there is one. */
  | { state: 'pending'; receipt?: Receipt; overdue?: 'waits-in-inbox' }
  | { state: 'confirmed'; assurance: Assurance; receipt?: Receipt; existing?: true }
  | { state: 'failed'; reason: Reason; receipt?: Receipt }
  /** The provider has revoked the credential that the receipt names. */
  | { state: 'revoked' }
  /** An undocumented value: neither success nor failure. */
  | { state: 'unrecognized'; receipt?: Receipt }
  /** The provider does not know the job (yet). */
  | { state: 'missing' };

/**
 * A connected provider. Every method throws IssuanceError: `permanent` and `retry-later` mean that the provider
 * did not act, `unknown-outcome` that it may have acted.
 */
export interface Provider {
  /**
   * Whether `recover` itself can issue. Then it is never called while a late call can still be carried out, because the
   * two credentials could replace each other.
   */
  readonly askingMayIssue: boolean;
  /** Submits the credential. */
  submit(job: ProviderJob): Promise<Submission>;
  /**
   * Determines the outcome of a lost call. Here `permanent` means that the lost call did not act either, and
   * `outcome-unknown` that the outcome cannot be determined at any time.
   */
  recover(job: LostJob): Promise<Recovery>;
  /** Requests the status of a submitted job. */
  check(job: SubmittedJob): Promise<Standing>;
}
