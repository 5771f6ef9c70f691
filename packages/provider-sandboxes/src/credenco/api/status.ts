/** `GET {status_uri}` and its variant: the status of an issuance, as far as the issuer knows. */
import type { Operation } from '../../kit/operation.ts';
import { Refusal } from '../../kit/refusal.ts';
import type { Offer } from '../books/offer-book.ts';
import type { ProviderState } from '../provider-state.ts';
import { aboutId } from './answered-uris.ts';

/** The offer that represents an issuance: the used offer, or else the newest. */
export function decidingOffer(offers: readonly Offer[]): Offer | undefined {
  return offers.find(({ issuedAt }) => issuedAt !== null) ?? offers.at(-1);
}

function failed({ refusedAt, redeemedAt, expiresAt, tokenExpiresAt }: Offer, now: number): boolean {
  return refusedAt !== null || now >= (redeemedAt === null ? expiresAt : (tokenExpiresAt ?? 0));
}

/** The status in the provider's terms. The issuer cannot see what a wallet does with a credential. */
export function issueStatus(offer: Offer, state: ProviderState): string {
  const { statusValue, statusDelayMs } = state.switches();
  const now = state.now();
  if (statusValue !== undefined) return statusValue;
  if (offer.issuedAt === null) return failed(offer, now) ? 'error' : 'issue_request_created';
  return now - offer.issuedAt >= statusDelayMs ? 'issue_completed' : 'issue_request_created';
}

function statusAt(path: string, state: ProviderState): Operation {
  return {
    name: 'status',
    method: 'GET',
    path,
    handle: (request) => {
      state.backend.check(request, state.switches(), state.now());
      const correlationId = request.params['correlationId'] ?? '';
      request.note({ correlationId });
      const offers = state.ledger.offers.byCorrelationId(correlationId);
      const offer = decidingOffer(offers);
      const mintedAt = offers[0]?.mintedAt ?? 0;
      if (offer === undefined || state.now() - mintedAt < state.switches().statusNotFoundMs) {
        throw new Refusal(404, 'no issuance with this correlation_id');
      }
      const status = issueStatus(offer, state);
      request.note({ status });
      const revocation = offer.revocation === null ? {} : { revocation_uuid: offer.revocation.uuid };
      return { status: 200, json: { status, ...aboutId(correlationId, state), ...revocation } };
    },
  };
}

/** The documented path, and the path in client code. */
export function statusOperations(state: ProviderState): Operation[] {
  return [statusAt('/api/v2/issue/:correlationId', state), statusAt('/api/v2/credential/issue/:correlationId', state)];
}
