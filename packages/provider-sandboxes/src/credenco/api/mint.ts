/** `POST /api/v2/credential/issue`: mints a credential offer from a template. */
import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { MintedOffer } from '../books/changes.ts';
import type { ProviderState } from '../provider-state.ts';
import { aboutId, requestUriFor, statusUriFor } from './answered-uris.ts';
import { type MintRequest, readMintRequest } from './mint-request.ts';

/** The answer to a repeated `correlation_id`, or undefined to mint; an offer that expired unused is not an answer. */
function earlierOffer({ correlationId, template, claims }: MintRequest, state: ProviderState): MintedOffer | undefined {
  const earlier = state.ledger.offers.byCorrelationId(correlationId).at(-1);
  const { repeatedCorrelationId } = state.switches();
  if (earlier === undefined || repeatedCorrelationId === 'new') return undefined;
  if (repeatedCorrelationId === 'conflict') throw new Refusal(409, 'correlation_id is in use');
  if (earlier.templateId !== template.templateId || !isDeepStrictEqual(earlier.claims, claims)) {
    throw new Refusal(409, 'correlation_id is in use with another template or other claims');
  }
  const ranOut = earlier.redeemedAt === null && state.now() >= earlier.expiresAt;
  return ranOut ? undefined : earlier;
}

function mintOffer({ correlationId, template, claims }: MintRequest, state: ProviderState): MintedOffer {
  const { templateId, statusList } = template;
  const index = state.ledger.offers.statusEntries(templateId);
  const mintedAt = state.now();
  const offer: MintedOffer = {
    id: randomBytes(12).toString('base64url'),
    correlationId,
    templateId,
    claims,
    preAuthorizedCode: randomBytes(32).toString('base64url'),
    mintedAt,
    expiresAt: mintedAt + state.switches().offerLifetimeMs,
    revocation: statusList ? { uuid: randomUUID(), index } : null,
  };
  state.ledger.record({ type: 'minted', offer });
  return offer;
}

/** Mints, or finds the existing offer; reading and recording are one synchronous step. */
export function mintOperation(state: ProviderState): Operation {
  return {
    name: 'mint',
    method: 'POST',
    path: '/api/v2/credential/issue',
    handle: async (request) => {
      state.backend.check(request, state.switches(), state.now());
      const wanted = readMintRequest(request, state);
      const { correlationId } = wanted;
      request.note({ correlationId, templateId: wanted.template.templateId });
      const earlier = earlierOffer(wanted, state);
      const offer = earlier ?? mintOffer(wanted, state);
      request.note({ offerId: offer.id, repeated: earlier !== undefined });
      const requestUri = await requestUriFor(state, offer, wanted.requestUriBase);
      return {
        status: 200,
        json: {
          ...aboutId(correlationId, state),
          request_uri: requestUri,
          status_uri: statusUriFor(state, correlationId),
        },
      };
    },
  };
}
