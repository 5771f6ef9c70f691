/** How a worker takes a slot's lease: the reads and writes of lib/submit/lease.ts, one at a time. */
import { isOvertaken, mayBeginLate, nextLease } from '../../lib/issuance/lease-rule.ts';
import { beginning, ending, type Goes, idle, successor, superseding } from './moves.ts';
import { bounds, type Rules } from './rules.ts';
import { type Held, type Issue, names, type SlotCopy, type State, type WorkerAt } from './state.ts';
import { acquired, released, replaced } from './store.ts';
import { at } from './time.ts';

/** Raises it first where acceptance died before it could. */
export function readSlot(state: State, own: Issue, rules: Rules, goes: Goes) {
  const newest = state.slot.newest > own.rank ? state.slot.newest : own.rank;
  const slot = { ...state.slot, newest };
  const raised = { ...state, slot };
  const verdict = rules.leaseVerdict(slot, own, undefined, at(state.now));
  if (verdict === 'overtaken') return goes(`finds ${own.id} overtaken`, superseding(own, rules), raised);
  if (verdict === 'busy') return goes('finds the slot leased and puts the message back', idle, raised);
  if (rules.isSettling(own.attempt, at(state.now))) {
    return goes('may not ask about the lost call yet and puts the message back', idle, raised);
  }
  goes('reads the slot: its lease is free', { at: 'slot-read', own, slot }, raised);
}

export function lookAtLastOwner(state: State, worker: WorkerAt<'slot-read'>, rules: Rules, goes: Goes) {
  const { own, slot } = worker;
  const { lease } = slot;
  const others = names(state).map((name) => state.records[name]);
  const lastOwner = lease?.owner === own.id ? own : others.find((one) => one?.id === lease?.owner);
  if (rules.leaseVerdict(slot, own, lastOwner, at(state.now)) !== 'free') {
    return goes(`finds ${lastOwner?.id} ${lastOwner?.status} and puts the message back`, idle);
  }
  if (rules.shutsOut && lastOwner !== undefined && mayBeginLate(lastOwner, own)) {
    const next = successor(lastOwner, lastOwner.status, rules);
    return goes(`finds ${lastOwner.id} ${lastOwner.status}`, { at: 'shutting-out', own, slot, next });
  }
  nextToTaking(own, slot, lastOwner, goes, 'finds nobody else in the slot');
}

/** The slot remembers the last owner's credential before the next one may look at what the holder has. */
function nextToTaking(
  own: Issue,
  slot: SlotCopy,
  lastOwner: Issue | undefined,
  goes: Goes,
  label: string,
  state?: State,
) {
  const { lease, receipts } = slot;
  const receipt = lastOwner?.knownAs;
  if (lease === undefined || receipt === undefined || receipts.includes(receipt)) {
    return goes(label, { at: 'taking', own, slot }, state);
  }
  goes(
    `${label}, and that it has not heard of ${receipt}`,
    { at: 'catching-up', own, slot: { ...slot, lease }, receipt },
    state,
  );
}

/** The previous owner of the lease may only be slow: after this write, its late writes are refused. */
export function shutOut(state: State, { own, slot, next }: WorkerAt<'shutting-out'>, rules: Rules, goes: Goes) {
  const written = replaced(state, next, rules);
  if (written === undefined) return goes(`may not write ${next.id}: it has been written since`, idle);
  nextToTaking(own, slot, next, goes, `writes ${next.id} again, so that its last worker cannot`, written);
}

export function catchUp(state: State, worker: WorkerAt<'catching-up'>, goes: Goes) {
  const { own, slot, receipt } = worker;
  const told = released(state, slot.lease, slot.lease.until, receipt);
  goes(`lets the slot remember ${receipt}`, { at: 'taking', own, slot }, told);
}

/** The lease counts from when the slot was read, which may be a while ago: here it may be as short as that makes it. */
export function take(state: State, { own, slot }: WorkerAt<'taking'>, rules: Rules, goes: Goes) {
  for (let ticks = bounds.lease; ticks >= 0; ticks -= 1) {
    const lease = nextLease(slot.lease, own.id, at(state.now + ticks));
    const taken = acquired(state, lease, slot.lease);
    if (taken === undefined) return goes('does not get the lease: somebody else was faster', idle);
    const held: Held = { ...taken.slot, lease };
    const label = `takes lease ${lease.token} until ${state.now + ticks}`;
    if (isOvertaken(held, own)) {
      const back = released(taken, lease, at(state.now));
      goes(`${label}, finds ${own.id} overtaken and releases it`, superseding(own, rules), back);
    } else if (own.attempt?.openSince === undefined) {
      goes(label, beginning(own, held, 'post', rules), taken);
    } else {
      goes(label, beginning(own, held, 'ask', rules), taken);
      goes(`${label}; the last question is long enough ago`, ending(own, held, 'uncertain', rules), taken);
    }
  }
}
