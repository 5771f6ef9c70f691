/** What must hold in every state, and at every step. */
import { isFinal } from '../../lib/issuance/status.ts';
import { type Name, names, type State } from './state.ts';
import { tickOf } from './time.ts';

/** What is wrong after a step, or undefined. */
type Invariant = (before: State, after: State) => string | undefined;

const each = (judge: (name: Name, before: State, after: State) => string | undefined): Invariant => {
  return (before, after) => {
    // What holds of records and provider goes on holding while they do not change.
    if (before.records === after.records && before.provider === after.provider) return undefined;
    for (const name of names(after)) {
      const wrong = judge(name, before, after);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
};

export const invariants = {
  'at most one commit per event': each((name, _, { provider, retried }) => {
    const most = retried.includes(name) ? 2 : 1;
    return provider.issued[name] > most ? `the provider has issued ${name} ${provider.issued[name]} times` : undefined;
  }),

  'an end never regresses': each((name, before, after) => {
    const [from, to] = [before.records[name]?.status, after.records[name]?.status];
    if (from === undefined || to === undefined || from === to) return undefined;
    const isRetry = after.retried.length > before.retried.length;
    const mayLeave = !isFinal(from) && (from !== 'failed' || isRetry);
    return mayLeave ? undefined : `${name} was ${from} and becomes ${to}`;
  }),

  'no stale write': each((name, before, after) => {
    const [from, to] = [before.records[name], after.records[name]];
    if (from === undefined || to === undefined || from === to) return undefined;
    if (to.sequence !== from.sequence + 1) return `${name} is written by one who has not seen its latest write`;
    const [old, fence] = [from.attempt?.fence ?? 0, to.attempt?.fence ?? 0];
    return fence < old ? `${name} is written under lease ${fence}, after lease ${old} has written it` : undefined;
  }),

  'one call at a time': (_, { workers, now }) => {
    const calling = workers.filter((worker) => worker.at === 'waiting' && tickOf(worker.ends) > now).length;
    return calling > 1 ? `${calling} workers call the provider for one slot at once` : undefined;
  },

  'one open outcome per slot': (_, { records }) => {
    const open = Object.values(records).filter(({ attempt }) => attempt?.openSince !== undefined);
    return open.length > 1 ? 'calls for two issuances of the slot have an open outcome' : undefined;
  },

  'the receipt names the live credential at confirmation': each((name, before, { records, provider, retried }) => {
    const record = records[name];
    if (record?.status !== 'confirmed' || before.records[name]?.status === 'confirmed') return undefined;
    // A newer event's credential has replaced that of a parked one; the record says so.
    if (before.records[name]?.status === 'unconfirmed' && provider.live?.startsWith('b') && name === 'a')
      return undefined;
    if (record.knownAs === provider.live || retried.length > 0) return undefined;
    return `the receipt of ${name} names ${record.knownAs}, and the holder has ${provider.live}`;
  }),

  'a receipt names a credential of its own event': each((name, _, { records }) => {
    const knownAs = records[name]?.knownAs;
    return knownAs !== undefined && !knownAs.startsWith(name) ? `the receipt of ${name} names ${knownAs}` : undefined;
  }),

  'what failed was not issued': each((name, _, { records, provider, retried }) => {
    const status = records[name]?.status;
    if (status !== 'failed' && status !== 'superseded') return undefined;
    return provider.issued[name] > 0 && !retried.includes(name) ? `${name} is ${status} and was issued` : undefined;
  }),
} as const satisfies Record<string, Invariant>;

export type InvariantName = keyof typeof invariants;
export const invariantNames = Object.keys(invariants) as readonly InvariantName[];
