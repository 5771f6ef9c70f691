/** The sample events that `npm start` plays: realistic data, addresses of example.com, and the expected results. */
import type { ErrorCode } from '../../lib/issuance/error-codes.ts';
import type { Claims } from '../../lib/issuance/issuance.ts';
import type { RestingStatus } from '../../lib/issuance/status.ts';
import { refusingHolder } from '../sandboxes/air-kit.ts';
import { registeredWallet, strangersWallet, trustingWallet } from '../sandboxes/credenco.ts';

/** The expected result of a sample. */
export type Expectation =
  | { end: RestingStatus; code?: ErrorCode; assurance?: string }
  /** Refused on entry; nothing is queued. */
  | { refused: ErrorCode }
  /** The same event again: returns the issuance of that sample, and issues nothing new. */
  | { replayOf: string };

export interface Sample {
  name: string;
  /** Description of the event. */
  story: string;
  program: string;
  holder: string;
  claims: Claims;
  /** Time of the event, in minutes before it is played. */
  minutesAgo: number;
  /** Played only after this sample has ended. */
  after?: string;
  /** Sent with the key of this sample instead of its own. */
  keyOf?: string;
  expected: Expectation;
}

const date = '2026-11-20';

const kyc = {
  program: 'kyc',
  holder: 'ada@example.com',
  claims: { kycVerified: true, kycLevel: 'standard', verifiedAt: `${date}T09:30:00Z` },
  minutesAgo: 3,
} as const;

const tier = (name: string, points: number) => ({ tier: name, memberSince: '2019-04-01', points });

const company = {
  claims: { id: '90004760', name: 'CoolSoft B.V.', issuing_authority: 'Credenco', issuing_country: 'NL' },
  minutesAgo: 1,
} as const;

export const samples: readonly Sample[] = [
  { name: 'kyc-passed', story: 'KYC passed', ...kyc, expected: { end: 'confirmed', assurance: 'on-chain' } },
  {
    name: 'kyc-passed-again',
    story: 'the same KYC event, delivered a second time',
    ...kyc,
    keyOf: 'kyc-passed',
    expected: { replayOf: 'kyc-passed' },
  },
  {
    name: 'tier-silver',
    story: 'loyalty tier Silver reached',
    program: 'loyalty-tier',
    holder: 'grace@example.com',
    claims: tier('Silver', 1200),
    minutesAgo: 0,
    expected: { end: 'confirmed', assurance: 'on-chain' },
  },
  {
    name: 'tier-gold',
    story: 'loyalty tier Gold reached',
    program: 'loyalty-tier',
    holder: 'grace@example.com',
    claims: tier('Gold', 5400),
    minutesAgo: 0,
    after: 'tier-silver',
    expected: { end: 'confirmed', assurance: 'on-chain' },
  },
  {
    name: 'tier-silver-late',
    story: 'a late repeat of Silver, older than Gold',
    program: 'loyalty-tier',
    holder: 'grace@example.com',
    claims: tier('Silver', 1200),
    minutesAgo: 30,
    after: 'tier-gold',
    expected: { end: 'superseded', code: 'overtaken' },
  },
  {
    name: 'venue-attendance',
    story: 'ticket scanned at a venue',
    program: 'venue-attendance',
    holder: 'alan@example.com',
    claims: { eventId: 'concert-2026-11-20', venue: 'Paradiso, Amsterdam', attendedAt: `${date}T19:55:00Z` },
    minutesAgo: 2,
    expected: { end: 'confirmed', assurance: 'on-chain' },
  },
  {
    name: 'subscriber-tier',
    story: 'end of a billing cycle',
    program: 'subscriber-tier',
    holder: 'katherine@example.com',
    claims: { plan: 'plus', billingCycleEnd: '2026-11-30', renewals: 7 },
    minutesAgo: 1,
    expected: { end: 'confirmed', assurance: 'on-chain' },
  },
  {
    name: 'kyc-wrong-type',
    story: 'a claim of the wrong type',
    program: 'kyc',
    holder: 'edsger@example.com',
    claims: { kycVerified: 'yes', kycLevel: 'standard', verifiedAt: `${date}T10:00:00Z` },
    minutesAgo: 1,
    expected: { refused: 'claims-invalid' },
  },
  {
    name: 'kyc-consent-refused',
    story: 'the holder has refused consent',
    program: 'kyc',
    holder: refusingHolder,
    claims: { kycVerified: true, kycLevel: 'basic', verifiedAt: `${date}T11:00:00Z` },
    minutesAgo: 1,
    expected: { end: 'failed', code: 'holder-refused-consent' },
  },
  {
    name: 'company-registered',
    story: 'a company is registered; its wallet trusts us',
    program: 'company-data-assumed',
    holder: trustingWallet,
    ...company,
    expected: { end: 'confirmed', assurance: 'provider-reported' },
  },
  {
    name: 'company-introduced',
    story: 'the wallet does not know us: we make ourselves a trusted contact first',
    program: 'company-data',
    holder: registeredWallet,
    ...company,
    expected: { end: 'confirmed', assurance: 'trust-verified' },
  },
  {
    name: 'company-assumed',
    story: 'the wallet does not trust us and discards the credential silently',
    program: 'company-data-assumed',
    holder: strangersWallet,
    ...company,
    expected: { end: 'confirmed', assurance: 'provider-reported' },
  },
  {
    name: 'company-no-wallet',
    story: 'there is no wallet with this key',
    program: 'company-data',
    holder: 'no-such-wallet',
    ...company,
    expected: { end: 'failed', code: 'wallet-unknown' },
  },
];
