/** Actions that at the real provider happen automatically or in its portal, for tests over HTTP, under `/_sandbox/`. */
import type { Operation } from '../kit/operation.ts';
import { Refusal } from '../kit/refusal.ts';
import type { ProviderState } from './provider-state.ts';
import type { Deliveries } from './wallet/deliveries.ts';

/** Accepting an offer from an inbox, revoking a credential, and forgetting the backend's access tokens. */
export function sandboxControls(state: ProviderState, deliveries: Deliveries): Operation[] {
  return [
    {
      name: 'accept-offer',
      method: 'POST',
      path: '/_sandbox/wallets/:walletExternalKey/inbox/:deliveryId/accept',
      handle: async ({ params }) => {
        const { walletExternalKey = '', deliveryId = '' } = params;
        return { status: 200, json: await deliveries.accept(walletExternalKey, deliveryId) };
      },
    },
    {
      name: 'revoke',
      method: 'POST',
      path: '/_sandbox/revocations/:revocationUuid',
      handle: ({ params }) => {
        const { revocationUuid = '' } = params;
        const offer = state.ledger.offers.byRevocation(revocationUuid);
        if (offer === undefined) throw new Refusal(404, 'no credential with this revocation_uuid');
        if (offer.revokedAt === null) state.ledger.record({ type: 'revoked', revocationUuid, at: state.now() });
        return { status: 200, json: { revocation_uuid: revocationUuid, revoked: true } };
      },
    },
    {
      name: 'revoke-tokens',
      method: 'POST',
      path: '/_sandbox/tokens/revoke',
      handle: () => {
        state.backend.revokeTokens();
        return { status: 200, json: { revoked: true } };
      },
    },
  ];
}
