/** `POST /v1/credentials/issue-on-behalf`. */
import type { Operation } from '../kit/operation.ts';
import { Refusal } from '../kit/refusal.ts';
import { sameHolderForm } from './holder-address.ts';
import { readIssueRequest } from './issue-request.ts';
import type { Credential } from './ledger.ts';
import { verifyPartnerToken } from './partner-token.ts';
import type { ProviderState } from './provider-state.ts';

function answer({ coreClaimHash, credentialId, userUuid }: Credential) {
  return { status: 200, json: { coreClaimHash, credentialId, userUuid } };
}

/** Issues, or returns the existing credential under `ignore`; the commit is one synchronous step, so two calls cannot interleave. */
export function issueOperation(state: ProviderState): Operation {
  return {
    name: 'issue',
    method: 'POST',
    path: '/v1/credentials/issue-on-behalf',
    handle: async (request) => {
      const { scopeStrictness, refusedConsent, ignoreAnswers } = state.switches();
      const rules = { partnerId: state.partnerId, scopeStrictness, now: state.now() };
      const email = await verifyPartnerToken(request, state.keys, rules);
      const { program, claims, onDuplicate } = readIssueRequest(request, state);
      const { credentialId, issuerDid } = program;
      request.note({ email, credentialId, onDuplicate });
      if (refusedConsent.some((refused) => sameHolderForm(refused) === sameHolderForm(email))) {
        throw new Refusal(409, 'the holder has rejected credentials from this partner');
      }
      const existing = onDuplicate === 'ignore' ? state.ledger.live(email, credentialId) : undefined;
      if (existing !== undefined) {
        if (ignoreAnswers === 'conflict') throw new Refusal(409, 'the holder has this credential already');
        request.note({ coreClaimHash: existing.coreClaimHash, duplicate: true });
        return answer(existing);
      }
      const issued = state.ledger.issue({ credentialId, issuerDid, email, claims, issuedAt: state.now() });
      request.note({ coreClaimHash: issued.coreClaimHash });
      return answer(issued);
    },
  };
}
