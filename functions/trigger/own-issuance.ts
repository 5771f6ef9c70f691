/** The issuance in a route's path, for its own source only. */
import { isIssuanceId } from '../../lib/issuance/ids.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import type { AuthorizedRequest, TriggerPorts } from './operation.ts';

/** Another source's issuance must look like an unknown id: both throw `issuance-not-found`. */
export async function ownIssuance(
  { parameters: { id = '' }, source }: AuthorizedRequest,
  store: TriggerPorts['store'],
): Promise<Issuance> {
  const issuance = /^iss_[\w-]{27}$/.test(id) && isIssuanceId(id) ? await store.get(id) : undefined;
  if (issuance === undefined || issuance.source !== source) throw new IssuanceError('issuance-not-found');
  return issuance;
}
