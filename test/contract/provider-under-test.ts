/** What the contract of a provider is tried on: an adapter with its sandbox, and what is peculiar to it. */
import type { Fetch } from '../../lib/http/connecting-fetch.ts';
import type { ErrorKind } from '../../lib/issuance/error-codes.ts';
import type { Assurance, Receipt } from '../../lib/issuance/issuance.ts';
import type { Provider } from '../../lib/issuance/provider.ts';
import type { TestJob } from '../fakes/test-job.ts';

export interface ConnectionChanges {
  baseUrl?: string;
  deadlineMs?: number;
  fetch?: Fetch;
}

/** An adapter, its sandbox and its credentials. */
export interface ProviderUnderTest {
  /** The adapter as one container has it. */
  connect(changes?: ConnectionChanges): Provider;
  /** A job that nobody has worked on. */
  job(): TestJob;
  /** The sandbox's switches, faults among them. */
  switchboard: { merge(patch: unknown): void; reset(): void };
  /** Calls of an operation so far. */
  calls(operation: string): number;
  /** How many credentials the provider ever issued for this job. */
  issuedFor(job: TestJob): number;
  /** Resolves when nothing is under way at the provider, at a time when a lost call may be asked about. */
  settle(): Promise<void>;
  /** The provider accepts other credentials from now on; the secret has them, the adapter has the old ones in its cache. */
  replaceCredentials(): Promise<void>;
  /** The secret has credentials that the provider does not accept. */
  spoilCredentials(): Promise<void>;
  /** How often credentials were read again from the secret. */
  credentialReads(): number;
  /** What must never be told, beside holder and claims. */
  secrets(): readonly string[];
  close(): Promise<void>;
}

/** A call of `submit` by which something is done at the provider. */
export interface ActingCall {
  /** What 503 to it means. */
  unavailable: ErrorKind;
  /** Whether its answer brings something, or its status says everything. */
  body: 'needed' | 'ignored';
}

/** In what the providers differ. */
export interface ProviderTraits {
  /** By the name of the sandbox's operation, in the order of the calls. */
  acting: Readonly<Record<string, ActingCall>>;
  /** Whether `recover` may itself make the provider issue. */
  askingMayIssue: boolean;
  assurance: Assurance;
  /** A well-formed receipt of nothing. */
  strangeReceipt: Receipt;
  /** Switches: a status answer is about something else; it has a value that nobody has seen. */
  answersAboutAnother: Record<string, unknown>;
  unseenStatus: Record<string, unknown>;
  start(): Promise<ProviderUnderTest>;
}
