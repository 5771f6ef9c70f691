/** All operations of the provider: the backend API, the wallets' offer endpoint, and the issuer's OpenID4VCI. */
import type { Operation } from '../kit/operation.ts';
import { mintOperation } from './api/mint.ts';
import { pushOperation } from './api/push.ts';
import { statusOperations } from './api/status.ts';
import { tokenOperation } from './api/token.ts';
import { trustedContactOperations } from './api/trusted-contacts.ts';
import { accessTokenOperation } from './issuer/access-token.ts';
import { credentialOperations } from './issuer/credential.ts';
import { credentialOfferOperation } from './issuer/credential-offer.ts';
import { didDocumentOperation } from './issuer/issuer-did.ts';
import { metadataOperations } from './issuer/issuer-metadata.ts';
import { statusListOperation } from './issuer/status-list.ts';
import type { ProviderState } from './provider-state.ts';
import type { Deliveries } from './wallet/deliveries.ts';

/** The operations; faults address them by name. */
export function providerOperations(state: ProviderState, deliveries: Deliveries): Operation[] {
  return [
    tokenOperation(state),
    mintOperation(state),
    pushOperation(state, deliveries),
    ...statusOperations(state),
    ...trustedContactOperations(state),
    credentialOfferOperation(state),
    ...metadataOperations(state),
    accessTokenOperation(state),
    ...credentialOperations(state),
    didDocumentOperation(state),
    statusListOperation(state),
  ];
}
