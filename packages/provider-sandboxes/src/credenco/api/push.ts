/** `POST /api/oidc/offer/{walletExternalKey}`: puts an offer into a wallet, for any caller. */
import type { Operation } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { ProviderState } from '../provider-state.ts';
import type { Deliveries } from '../wallet/deliveries.ts';

function offerUriOf(query: URLSearchParams): string {
  const [uri, ...more] = query.getAll('credential_offer_uri');
  if (uri === undefined || uri === '') throw new Refusal(400, 'credential_offer_uri is missing');
  if (more.length > 0) throw new Refusal(400, 'credential_offer_uri is there more than once');
  if (URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol)) return uri;
  throw new Refusal(400, 'credential_offer_uri is no http or https URL');
}

function unattendedOf(query: URLSearchParams): boolean {
  const value = query.get('directIssue') ?? 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Refusal(400, 'directIssue must be true or false');
}

/** 201 as soon as the offer is in the wallet, whatever the wallet does with it. */
export function pushOperation(state: ProviderState, deliveries: Deliveries): Operation {
  return {
    name: 'push',
    method: 'POST',
    path: '/api/oidc/offer/:walletExternalKey',
    handle: (request) => {
      const wallet = request.params['walletExternalKey'] ?? '';
      request.note({ wallet });
      if (!state.ledger.wallets.exists(wallet)) throw new Refusal(404, 'no wallet with this external key');
      const unattended = unattendedOf(request.query);
      const { id, offerUri } = deliveries.deliver(wallet, offerUriOf(request.query), unattended);
      request.note({ deliveryId: id, offerUri, unattended });
      return { status: 201 };
    },
  };
}
