/** What truly happened in a run, written down where it took effect; the rules are checked against it. */
import type { IssuanceEvent } from '../../lib/issuance/event.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { Status } from '../../lib/issuance/status.ts';
import type { Credential } from './provider-model.ts';
import { mark } from './settings.ts';
import type { Timeline } from './timeline.ts';

/** One of the numbered rules of docs/simulation.md. */
export type Rule =
  | '1 one commit'
  | '2 comes to rest'
  | '3 durable first'
  | '4 no way back'
  | '5 told, and nothing personal'
  | '6 published key'
  | '7 newest claims'
  | '8 one claim';

export interface Violation {
  rule: Rule;
  what: string;
}

/** An issuance as the store has it, and what became of it outside. */
export interface Followed {
  id: string;
  /** Key of its business event, and which of several payloads was first. */
  event: string;
  variant: string;
  /** Canonical address. */
  holder: string;
  record: Issuance;
  /** How often an operator retried it; each time the provider may be asked as if for the first time. */
  round: number;
  /** A message for it was durable at some time. */
  sent: boolean;
  commits: { credential: Credential; round: number }[];
  rests: { status: Status; sequence: number }[];
  told: IssuanceEvent[];
}

export interface Writer {
  kind: string;
  name: string;
}

export class Chronicle {
  readonly violations: Violation[] = [];
  readonly followed = new Map<string, Followed>();
  readonly byEvent = new Map<string, Followed>();
  /** Ids that a caller was told are accepted. */
  readonly acknowledged = new Set<string>();
  /** Slots at whose provider a worker acted after it had lost the lease. */
  readonly overrun = new Set<string>();
  /** Slots with a commit so late that nothing here can keep it from replacing another. */
  readonly tooLate = new Set<string>();
  readonly trace: string[] | undefined;
  readonly #timeline: Timeline;
  readonly #startedAt: number;

  constructor(timeline: Timeline, traced: boolean) {
    this.#timeline = timeline;
    this.#startedAt = timeline.now;
    this.trace = traced ? [] : undefined;
  }

  violated(rule: Rule, what: string): void {
    this.violations.push({ rule, what });
    this.tell('oracle', () => `VIOLATION of "${rule}": ${what}`);
  }

  /** Adds a line to the trace; its text is made only when there is one. */
  tell(who: string, what: () => string): void {
    if (this.trace === undefined) return;
    const seconds = ((this.#timeline.now - this.#startedAt) / 1000).toFixed(3);
    this.trace.push(`${seconds.padStart(10)}s ${who.padEnd(13)} ${what()}`);
  }

  /** Anything that leaves the records: logs, events, answers, attributes. */
  left(where: string, content: unknown): void {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    if (text.toLowerCase().includes(mark)) this.violated('5 told, and nothing personal', `${where} holds marked data`);
  }

  created(record: Issuance): void {
    const event = String(record.claims?.['event']);
    const variant = String(record.claims?.['variant']);
    const { id, holder = '' } = record;
    const followed: Followed = {
      id,
      event,
      variant,
      holder,
      record,
      round: 0,
      sent: false,
      commits: [],
      rests: [],
      told: [],
    };
    this.followed.set(id, followed);
    this.byEvent.set(event, followed);
  }

  announced(event: IssuanceEvent): void {
    this.left('an event', event);
    this.followed.get(event.id)?.told.push(event);
  }

  sent(id: string): void {
    const followed = this.followed.get(id);
    if (followed) followed.sent = true;
  }
}
