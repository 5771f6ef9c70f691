/** Rules of the product, broken on purpose: what each would be like if somebody left it out. */

import type { IssuanceTable } from '../../lib/aws/issuance-table.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { ListQuery } from '../../lib/issuance/issuance-store.ts';
import type { Provider, ProviderJob } from '../../lib/issuance/provider.ts';
import type { Slot, SlotStore } from '../../lib/issuance/slot.ts';
import type { Status } from '../../lib/issuance/status.ts';
import type { WatchedIssuances } from './watched-stores.ts';

export interface Mutation {
  store?: (store: WatchedIssuances) => IssuanceTable;
  slots?: (slots: SlotStore) => SlotStore;
  provider?: (provider: Provider, now: () => Date) => Provider;
  settlingMs?: number;
  /** The provider that it is about, where that is Credenco. */
  at?: 'credenco';
  /** The provider's only fault is to carry out calls later than what settles (where clocks do not jump). */
  onlyVeryLate?: true;
  believesAnyAnswer?: true;
  answersBeforeSending?: true;
  promotesBeforePublishing?: true;
}

export const unbroken: Mutation = {};

const unranked = (slot: Slot): Slot => ({ ...slot, newest: '' });

export const mutations = {
  /** Writes happen without their condition: no sequence, no status, no fencing token. */
  'no-fencing': {
    store: (store) => ({
      get: (id) => store.get(id),
      getMany: (ids) => store.getMany(ids),
      create: (issuance) => store.create(issuance),
      list: <In extends Status>(query: ListQuery<In>) => store.list(query),
      oldest: (status, limit) => store.oldest(status, limit),
      async replace(next) {
        store.put(next);
        return true;
      },
    }),
  },
  /** A lost answer is taken for a call that did nothing: the POST is repeated as it was. */
  'blind-retry': {
    provider: (provider) => ({
      askingMayIssue: false,
      submit: (job) => provider.submit(job),
      check: (job) => provider.check(job),
      recover: async () => ({ outcome: 'not-committed' }),
    }),
  },
  /** What became of a lost call is asked at once, while it may still be on its way. */
  'no-settling': { settlingMs: 0 },
  /** A confirmation is believed while a lost call may still be carried out. */
  'no-second-look': {
    onlyVeryLate: true,
    store: (store) => {
      const forgetful = (issuance: Issuance): Issuance => {
        delete issuance.attempt?.lateUntil;
        return issuance;
      };
      return {
        get: async (id) => {
          const issuance = await store.get(id);
          return issuance && forgetful(issuance);
        },
        getMany: async (ids) => (await store.getMany(ids)).map(forgetful),
        create: (issuance) => store.create(issuance),
        list: (query) => store.list(query),
        oldest: (status, limit) => store.oldest(status, limit),
        replace: (next) => store.replace(next),
      };
    },
  },
  /** A kept offer that is merely old is taken for dead, and another is minted. */
  'second-mint': {
    at: 'credenco',
    provider: (provider, now) => {
      const isOld = ({ progress }: ProviderJob) =>
        now().getTime() - Date.parse(progress['mintedAt'] ?? now().toISOString()) > 10 * 60_000;
      const next = ({ progress }: ProviderJob) => ({ round: String(Number(progress['round'] ?? 0) + 1) });
      return {
        askingMayIssue: false,
        submit: (job) => provider.submit(isOld(job) ? { ...job, progress: next(job) } : job),
        check: (job) => provider.check(job),
        async recover(job) {
          if (!isOld(job)) return provider.recover(job);
          await job.keep(next(job));
          return { outcome: 'not-committed' };
        },
      };
    },
  },
  /** A status is believed whatever it is about. */
  'believe-any-status': { at: 'credenco', believesAnyAnswer: true },
  /** The message is sent without waiting for it. */
  'answer-first': { answersBeforeSending: true },
  /** A new key signs before it is public. */
  'promote-first': { promotesBeforePublishing: true },
  /** No event is ever older than another. */
  'ignore-occurred-at': {
    slots: (slots) => ({
      get: async (key) => {
        const slot = await slots.get(key);
        return slot && unranked(slot);
      },
      raise: async (key, rank) => unranked(await slots.raise(key, rank)),
      acquire: async (seen, lease) => {
        const slot = await slots.acquire(seen, lease);
        return slot && unranked(slot);
      },
      supersede: (seen, id) => slots.supersede(seen, id),
      release: (key, lease, at, receipts) => slots.release(key, lease, at, receipts),
    }),
  },
} as const satisfies Record<string, Mutation>;

export type MutationName = keyof typeof mutations;

export function isMutation(name: string): name is MutationName {
  return Object.hasOwn(mutations, name);
}
