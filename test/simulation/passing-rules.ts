/** The rules that are checked the moment something takes effect. */
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { Status } from '../../lib/issuance/status.ts';
import type { Followed, Writer } from './chronicle.ts';
import type { Arrival } from './provider-calls.ts';
import type { Credential } from './provider-model.ts';
import type { VirtualProcess } from './virtual-process.ts';
import type { World } from './world.ts';

/** Written down once more on purpose: the product's own table must not judge itself. */
const ways: Record<Status, readonly Status[]> = {
  queued: ['queued', 'submitting', 'superseded', 'failed'],
  submitting: ['submitting', 'submitted', 'queued', 'failed', 'uncertain'],
  submitted: ['submitted', 'confirmed', 'failed', 'unconfirmed'],
  unconfirmed: ['unconfirmed', 'confirmed', 'failed'],
  uncertain: ['uncertain', 'queued', 'failed'],
  failed: ['failed', 'queued'],
  confirmed: [],
  superseded: ['superseded', 'queued'],
};
const resting: readonly Status[] = ['confirmed', 'failed', 'superseded', 'unconfirmed', 'uncertain'];

export class PassingRules {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Rules 4 and 1: a record moves only the ways there are, back only by an operator, and does not end as a lie. */
  written(next: Issuance, writer: Writer | undefined): void {
    const { chronicle } = this.#world;
    const followed = chronicle.followed.get(next.id);
    if (followed === undefined) return;
    const { status: from } = followed.record;
    const { status: to } = next;
    if (!ways[from].includes(to)) chronicle.violated('4 no way back', `${followed.event} went from ${from} to ${to}`);
    const putBack = to === 'queued' && ['failed', 'uncertain', 'superseded'].includes(from);
    if (putBack && writer?.kind !== 'operator') {
      chronicle.violated('4 no way back', `${followed.event} was moved back by ${writer?.name}`);
    }
    if (putBack) followed.round += 1;
    followed.record = next;
    if (next.holder !== undefined) followed.holder = next.holder;
    if (from === to) return;
    if (resting.includes(to)) followed.rests.push({ status: to, sequence: next.sequence });
    if (to === 'confirmed') this.#confirmed(followed);
  }

  /** Rule 7: `confirmed` is what the provider says of a credential that it really issued. */
  #confirmed(followed: Followed): void {
    const { provider, timeline, chronicle, weather, company, offerRules } = this.#world;
    if (company !== undefined) {
      offerRules.confirmed(followed);
      return;
    }
    const { event, record } = followed;
    const credential = provider.find(record.receipt?.['coreClaimHash']);
    if (credential === undefined)
      chronicle.violated('7 newest claims', `${event} is confirmed by a receipt of nothing`);
    else if (timeline.now < credential.onChainAt) {
      chronicle.violated('7 newest claims', `${event} is confirmed before its credential is on chain`);
    } else if (!weather.clocksJump && credential.event !== event && record.existing !== true) {
      chronicle.violated('7 newest claims', `${event} is confirmed by the claims of another and does not say so`);
    }
  }

  /** Rule 6: this token can be verified with the keys that are published now. */
  tokenSent(kid: string): void {
    const { keys, chronicle } = this.#world;
    if (!keys.isPublished(kid))
      chronicle.violated('6 published key', `a token was signed with ${kid}, which nobody knows`);
  }

  /** Rule 1: an event is issued once, until an operator has it issued again. It is silent about slots with a call too late. */
  committed(credential: Credential, by: VirtualProcess, arrival: Arrival): void {
    const { chronicle, leaseHolders, weather } = this.#world;
    const followed = chronicle.byEvent.get(credential.event);
    if (followed === undefined) {
      chronicle.violated('3 durable first', 'the provider issued what is not in the store');
      return;
    }
    const { event, round, commits, variant } = followed;
    const { slot } = followed.record;
    if (arrival === 'too-late') chronicle.tooLate.add(slot);
    const held = leaseHolders.get(slot);
    // A second message of the same issuance may have taken the lease before a first one's call arrives late.
    const isOwn = held?.by === by || (arrival === 'late' && held?.owner === followed.id && !weather.clocksJump);
    if (!isOwn && arrival !== 'too-late') {
      if (weather.clocksJump) chronicle.overrun.add(slot);
      else chronicle.violated('1 one commit', `${event} was issued without its slot's lease`);
    }
    const again = commits.some((commit) => commit.round === round);
    commits.push({ credential, round });
    if (again && !chronicle.overrun.has(slot) && !chronicle.tooLate.has(slot))
      chronicle.violated('1 one commit', `${event} was issued twice`);
    if (credential.variant !== variant) {
      chronicle.violated('1 one commit', `${event} was issued with the claims of another payload`);
    }
  }

  /** Rule 3: who is told "accepted" may forget the event, for it is stored and a message for it is on its way. */
  accepted(id: string): void {
    const { chronicle } = this.#world;
    chronicle.acknowledged.add(id);
    const followed = chronicle.followed.get(id);
    if (followed === undefined) chronicle.violated('3 durable first', 'an event was answered 2xx before it was stored');
    // Once written again, the reconciler or a worker has it in hand.
    else if (followed.record.sequence === 1 && !followed.sent) {
      chronicle.violated('3 durable first', `${followed.event} was answered 2xx before its message was sent`);
    }
  }
}
