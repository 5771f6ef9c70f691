/** The ids by which an issuance's credentials can be revoked later: of its offer, and of replaced offers. */
import type { Receipt } from '../../issuance/issuance.ts';

/** An issuance rarely has more than a few offers; the limit keeps the record small. */
const mostReplaced = 20;

/** The members with this uuid as the current offer's; undefined if it is already known. */
export function withRevocation(known: Receipt, uuid: string | null | undefined): Receipt | undefined {
  if (uuid === undefined || uuid === null || uuid === '' || known['revocationUuid'] === uuid) return undefined;
  return { ...known, ...withReplaced(known), revocationUuid: uuid };
}

/** The uuids of replaced offers, now including the current offer's: one member, separated by spaces, newest last. */
export function withReplaced({ revocationUuid, replacedRevocationUuids }: Receipt): Receipt {
  const earlier = replacedRevocationUuids?.split(' ') ?? [];
  const all = [...new Set([...earlier, ...(revocationUuid === undefined ? [] : [revocationUuid])])];
  return all.length === 0 ? {} : { replacedRevocationUuids: all.slice(-mostReplaced).join(' ') };
}

/** The members that belong in a receipt. */
export function revocationsIn({ revocationUuid, replacedRevocationUuids }: Receipt): Receipt {
  return {
    ...(revocationUuid !== undefined && { revocationUuid }),
    ...(replacedRevocationUuids !== undefined && { replacedRevocationUuids }),
  };
}
