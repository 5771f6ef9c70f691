/** Examples of requests and answers; all of them appear in docs/api.md or could. */

const id = 'iss_Iul4XJQVvvNGDTEBFkzSM-1TkZG';
const occurredAt = '2026-11-20T09:30:00.000Z';
const acceptedAt = '2026-11-22T03:50:32.493Z';
const queued = { at: acceptedAt, status: 'queued' };
const submitting = { at: '2026-11-22T03:50:32.600Z', status: 'submitting' };

export const issuanceRequest = {
  program: 'kyc',
  holder: 'ada@example.com',
  claims: { kycVerified: true, kycLevel: 'standard', verifiedAt: '2026-11-20T09:30:00Z' },
  occurredAt: '2026-11-20T09:30:00Z',
};

export const queuedIssuance = {
  id,
  status: 'queued',
  program: 'kyc',
  occurredAt,
  acceptedAt,
  updatedAt: acceptedAt,
  attempts: 0,
  history: [queued],
};

export const confirmedIssuance = {
  ...queuedIssuance,
  status: 'confirmed',
  updatedAt: '2026-11-22T03:50:35.831Z',
  attempts: 1,
  assurance: 'on-chain',
  assuranceNote: 'The provider reports the credential as anchored on chain.',
  receipt: { coreClaimHash: 'e90654c1', vcId: '9dd2de12-6d0a-4d6c-8f3c-0e5a6f2b7c11' },
  history: [
    queued,
    submitting,
    { at: '2026-11-22T03:50:32.694Z', status: 'submitted' },
    { at: '2026-11-22T03:50:35.831Z', status: 'confirmed' },
  ],
};

export const failedIssuance = {
  ...queuedIssuance,
  status: 'failed',
  updatedAt: '2026-11-22T03:50:32.694Z',
  attempts: 1,
  reason: {
    code: 'holder-refused-consent',
    title: 'The holder has refused credentials from this partner',
    advice:
      'Nothing can be issued until the holder allows it at the provider. Ask the holder, then retry the issuance.',
  },
  history: [queued, submitting, { at: '2026-11-22T03:50:32.694Z', status: 'failed', code: 'holder-refused-consent' }],
};

export const page = { issuances: [failedIssuance], next: 'MjAyNi0xMS0yMlQwMzo1MDozMi42OTRa' };

export const event = { type: 'invoice.paid', id: 'evt_1', created: 1_763_631_000, data: { object: {} } };

export const acceptedEvent = { ...queuedIssuance, rule: 'subscription-renewed' };
