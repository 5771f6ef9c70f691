/** New issuances of a table that was restored: an event from before the restoration may have been issued already. */
import { hasStatus } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import { inDoubtSince, type RestorationPort } from '../issuance/restoration.ts';
import type { NewIssuances } from './new-issuances.ts';

/**
 * The store, which accepts nothing while the table is being restored (`service-unavailable`), and stores an event from before the
 * restoration as one with an unknown outcome: its record may be among those that were lost.
 */
export function mindfulOfRestoration(store: NewIssuances, table: RestorationPort): NewIssuances {
  return {
    async create(issuance) {
      const restoration = await table.restoration();
      if (restoration === undefined || !hasStatus(issuance, 'queued')) return store.create(issuance);
      const { lostSince, restoredAt } = restoration;
      if (restoredAt === undefined)
        throw new IssuanceError('service-unavailable', { detail: 'the table is being restored' });
      return store.create(issuance.occurredAt <= restoredAt ? inDoubtSince(issuance, lostSince) : issuance);
    },
  };
}
