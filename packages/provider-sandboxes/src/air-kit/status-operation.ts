/** `GET /v1/credentials/status?coreClaimHash=…`. */
import { createHash } from 'node:crypto';
import type { Operation } from '../kit/operation.ts';
import { Refusal } from '../kit/refusal.ts';
import { providerDate, vcStatusOf } from './credential-status.ts';
import type { Credential } from './ledger.ts';
import { verifyPartnerToken } from './partner-token.ts';
import type { ProviderState } from './provider-state.ts';
import type { AirKitSwitches } from './switches.ts';

const dayMs = 86_400_000;

function expiration(credential: Credential, state: ProviderState): { expirationDate?: string } {
  const validDays = state.programs.get(credential.credentialId)?.validDays;
  return validDays === undefined ? {} : { expirationDate: providerDate(credential.issuedAt + validDays * dayMs) };
}

function about(hash: string, form: AirKitSwitches['statusAbout']): { coreClaimHash?: string } {
  const forms: Record<AirKitSwitches['statusAbout'], { coreClaimHash?: string }> = {
    asked: { coreClaimHash: hash },
    'upper-case': { coreClaimHash: hash.toUpperCase() },
    'with-0x': { coreClaimHash: `0x${hash.toUpperCase()}` },
    another: { coreClaimHash: createHash('sha256').update(hash).digest('hex') },
    nothing: {},
  };
  return forms[form];
}

/** Returns the status of a credential; 404 for a hash that the provider does not know, or does not know yet. */
export function statusOperation(state: ProviderState): Operation {
  return {
    name: 'status',
    method: 'GET',
    path: '/v1/credentials/status',
    handle: async (request) => {
      const switches = state.switches();
      const { scopeStrictness, statusNotFoundMs } = switches;
      await verifyPartnerToken(request, state.keys, { partnerId: state.partnerId, scopeStrictness, now: state.now() });
      const coreClaimHash = request.query.get('coreClaimHash') ?? '';
      request.note({ coreClaimHash });
      if (coreClaimHash === '') throw new Refusal(400, 'coreClaimHash is missing');
      const credential = state.ledger.find(coreClaimHash);
      const now = state.now();
      if (credential === undefined || now - credential.issuedAt < statusNotFoundMs) {
        throw new Refusal(404, 'no credential for this coreClaimHash');
      }
      const vcStatus = vcStatusOf(credential, switches, now);
      request.note({ vcStatus });
      const { issuerDid, vcId, issuedAt } = credential;
      const issuanceDate = providerDate(issuedAt);
      return {
        status: 200,
        json: {
          ...about(coreClaimHash, switches.statusAbout),
          issuanceDate,
          ...expiration(credential, state),
          issuerDid,
          vcId,
          vcStatus,
        },
      };
    },
  };
}
