/** What the model of the protocol looks at: one slot, its issuances, the workers, the provider, the calls under way. */
import type { Attempt } from '../../lib/issuance/issuance.ts';
import type { Lease, Slot } from '../../lib/issuance/slot.ts';
import type { Status } from '../../lib/issuance/status.ts';

/** An issuance, which is also the business event it comes from. `b` is the newer one. */
export type Name = 'a' | 'b';
export const ranks = { a: '1', b: '2' } as const satisfies Record<Name, string>;

/** What of a record the protocol depends on, in the shape of the product. */
export interface Issue {
  id: Name;
  rank: string;
  status: Status;
  sequence: number;
  attempt?: Attempt;
  /** The credential its receipt names. */
  knownAs?: string;
}

export type SlotCopy = Pick<Slot, 'newest' | 'receipts'> & { lease?: Lease<string> };
export type Held = SlotCopy & { lease: Lease<string> };

/** `post`: issue with `revoke`. `ask`: the question with `ignore`, which issues what is missing. */
export type What = 'post' | 'ask';

/** What a worker's call came to at the provider. */
export interface Answer {
  credential: string;
  /** Whether its date of issuance says that the lost call can have issued it. */
  isRecent: boolean;
}

/** Where a worker stands: what it has read, and what it does next. */
export type Worker =
  | { at: 'idle' }
  | { at: 'record-read'; own: Issue }
  | { at: 'slot-read'; own: Issue; slot: SlotCopy }
  | { at: 'shutting-out'; own: Issue; slot: SlotCopy; next: Issue }
  | { at: 'catching-up'; own: Issue; slot: Held; receipt: string }
  | { at: 'taking'; own: Issue; slot: SlotCopy }
  | { at: 'writing'; own: Issue; next: Issue; held?: Held; after: What | 'release' }
  | { at: 'calling'; own: Issue; held: Held; what: What }
  | { at: 'waiting'; own: Issue; held: Held; what: What; ends: string; answer?: Answer }
  | { at: 'releasing'; held: Held; receipt?: string };

/** A worker at one of these points. */
export type WorkerAt<Point extends Worker['at']> = Extract<Worker, { at: Point }>;

/** A call nobody waits for any more, which the provider may still carry out before `until`. */
export interface LateCall {
  what: What;
  own: Name;
  until: string;
}

export interface Provider {
  /** The credential the holder has; `z` stands for one of an earlier event. */
  live?: string;
  /** Issuances whose open outcome was open already when the live credential was issued. */
  since: readonly Name[];
  issued: Readonly<Record<Name, number>>;
}

export interface State {
  /** In ticks. */
  now: number;
  slot: SlotCopy;
  records: Readonly<Partial<Record<Name, Issue>>>;
  workers: readonly Worker[];
  late: readonly LateCall[];
  provider: Provider;
  /** Issuances that an operator has retried once. */
  retried: readonly Name[];
}

/** `earlier` says whether the holder has a credential of an earlier event, as the slot knows. */
export function initialState(workers: number, earlier: boolean): State {
  return {
    now: 0,
    slot: { newest: ranks.a, receipts: earlier ? ['z'] : [] },
    records: { a: { id: 'a', rank: ranks.a, status: 'queued', sequence: 1 } },
    workers: Array.from({ length: workers }, () => ({ at: 'idle' as const })),
    late: [],
    provider: { since: [], issued: { a: 0, b: 0 }, ...(earlier && { live: 'z' }) },
    retried: [],
  };
}

const alone: readonly Name[] = ['a'];
const both: readonly Name[] = ['a', 'b'];

export function names({ records }: State): readonly Name[] {
  return records.b === undefined ? alone : both;
}
