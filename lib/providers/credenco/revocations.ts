/** By what an issuance's credentials can be revoked later: of its offer, and of the offers that were replaced. */
import type { Receipt } from '../../issuance/issuance.ts';

/** An issuance has a handful of offers at most; a record must stay small all the same. */
const mostReplaced = 20;

/** The members with this uuid as the offer's own; undefined when that is nothing new. */
export function withRevocation(known: Receipt, uuid: string | null | undefined): Receipt | undefined {
  if (uuid === undefined || uuid === null || uuid === '' || known['revocationUuid'] === uuid) return undefined;
  return { ...known, ...withReplaced(known), revocationUuid: uuid };
}

/** The uuids of replaced offers, the offer's own one now among them: one member, separated by spaces, newest last. */
export function withReplaced({ revocationUuid, replacedRevocationUuids }: Receipt): Receipt {
  const earlier = replacedRevocationUuids?.split(' ') ?? [];
  const all = [...new Set([...earlier, ...(revocationUuid === undefined ? [] : [revocationUuid])])];
  return all.length === 0 ? {} : { replacedRevocationUuids: all.slice(-mostReplaced).join(' ') };
}

/** What of it belongs into a receipt. */
export function revocationsIn({ revocationUuid, replacedRevocationUuids }: Receipt): Receipt {
  return {
    ...(revocationUuid !== undefined && { revocationUuid }),
    ...(replacedRevocationUuids !== undefined && { replacedRevocationUuids }),
  };
}
