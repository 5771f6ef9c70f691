/** The view of an issuance: everything its source may know, and nothing else. */
import { describe, expect, test } from 'vitest';
import { describeCode } from '../../../lib/issuance/error-codes.ts';
import { issuanceView, viewOf } from '../../../lib/issuance/view.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';

const receipt = { coreClaimHash: 'abc' };

describe('the view', () => {
  test('has neither holder, claims, slot nor fingerprint', () => {
    const text = JSON.stringify(viewOf(issuanceIn('queued')));
    for (const secret of ['ada@example.com', 'Gold', 'program-a#', 'fingerprint']) expect(text).not.toContain(secret);
  });

  test('of a queued one has no attempt yet, and its history', () => {
    const queued = issuanceIn('queued');
    const view = viewOf(queued);
    expect(view).toMatchObject({ attempts: 0, history: queued.history });
    for (const member of ['assurance', 'reason', 'receipt', 'offered']) expect(view).not.toHaveProperty(member);
  });

  test('of a confirmed one says what that proves, and has the provider’s ids', () => {
    const view = viewOf(issuanceIn('confirmed', { receipt }));
    expect(view).toMatchObject({ attempts: 1, assurance: 'on-chain', receipt });
    expect(view.assuranceNote).toContain('anchored on chain');
    expect(issuanceView.safeParse(view).success).toBe(true);
  });

  test('of one that was accepted from an inbox says that instead', () => {
    const view = viewOf(issuanceIn('confirmed', { assurance: 'provider-reported', offered: 'inbox' }));
    expect(view).toMatchObject({ offered: 'inbox' });
    expect(view.assuranceNote).toContain('inbox');
  });

  test.each([undefined, 'HTTP 400'])('of a failed one says why, and what to do (detail %s)', (detail) => {
    const code = 'provider-rejected-claims';
    const { title, advice } = describeCode(code);
    const { reason } = viewOf(issuanceIn('failed', { reason: { code, ...(detail && { detail }) } }));
    expect(reason).toEqual({ code, title, advice, ...(detail && { detail }) });
  });
});
