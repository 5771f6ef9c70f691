/** The webhooks that `npm start` plays: the examples of config/examples, with the current time. */
import type { ErrorCode } from '../../lib/issuance/error-codes.ts';

/** The expected result of an event. */
export type EventExpectation =
  | { rule: string; assurance: string }
  | { rule: string; failed: ErrorCode }
  /** No rule matches it. */
  | { ignored: true }
  | { refused: ErrorCode };

export interface EventSample {
  name: string;
  /** Description of the event. */
  story: string;
  source: string;
  /** File in config/examples/<source>, without .json. */
  example: string;
  /** Sets the event's id and time for this run. */
  changes(run: string, at: Date): Record<string, unknown>;
  expected: EventExpectation;
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
const onChain = (rule: string) => ({ rule, assurance: 'on-chain' });

export const eventSamples: readonly EventSample[] = [
  {
    name: 'event-kyc',
    story: 'a KYC vendor has passed someone',
    source: 'kyc-vendor',
    example: 'applicant-reviewed',
    changes: (run, at) => ({
      correlationId: `req-${run}`,
      createdAtMs: at.toISOString().replace('T', ' ').replace('Z', ''),
    }),
    expected: onChain('kyc-passed'),
  },
  {
    name: 'event-onboarding',
    story: 'a KYC vendor has passed someone whose address is in our directory',
    source: 'onboarding',
    example: 'applicant-reviewed',
    changes: (run, at) => ({
      correlationId: `req-${run}`,
      createdAtMs: at.toISOString().replace('T', ' ').replace('Z', ''),
    }),
    expected: onChain('identity-verified'),
  },
  {
    name: 'event-onboarding-unknown',
    story: 'someone whose address is not there',
    source: 'onboarding',
    example: 'applicant-unknown',
    changes: (run) => ({ correlationId: `req-${run}` }),
    expected: { rule: 'identity-verified', failed: 'holder-not-found' },
  },
  {
    name: 'event-checkout',
    story: 'a payment provider reports a purchase',
    source: 'payments',
    example: 'checkout-session-completed',
    changes: (run, at) => ({ id: `evt_checkout_${run}`, created: seconds(at) }),
    expected: onChain('purchase'),
  },
  {
    name: 'event-invoice',
    story: 'a payment provider reports a renewal',
    source: 'payments',
    example: 'invoice-paid',
    changes: (run, at) => ({ id: `evt_invoice_${run}`, created: seconds(at) }),
    expected: onChain('subscription-renewed'),
  },
  {
    name: 'event-customer',
    story: 'an event no rule is for',
    source: 'payments',
    example: 'customer-updated',
    changes: (run) => ({ id: `evt_customer_${run}` }),
    expected: { ignored: true },
  },
  {
    name: 'event-order',
    story: 'a shop reports a paid order',
    source: 'shop',
    example: 'orders-paid',
    changes: (run, at) => ({ admin_graphql_api_id: `gid://shopify/Order/${run}`, processed_at: at.toISOString() }),
    expected: onChain('order-paid'),
  },
  {
    name: 'event-check-in',
    story: 'a ticket is scanned at the entrance',
    source: 'ticketing',
    example: 'ticket-checked-in',
    changes: (_run, at) => ({ timestamp: at.toISOString() }),
    expected: onChain('checked-in'),
  },
  {
    name: 'event-wallet',
    story: 'a company’s wallet is created',
    source: 'business-wallets',
    example: 'wallet-created',
    changes: (run, at) => ({ id: run, time: at.toISOString() }),
    expected: { rule: 'company-registered', assurance: 'provider-reported' },
  },
  {
    name: 'event-tier',
    story: 'an in-house system reports a new tier',
    source: 'loyalty-system',
    example: 'tier-changed',
    changes: (_run, at) => ({ changed_at: at.toISOString() }),
    expected: onChain('tier-changed'),
  },
  {
    name: 'event-tier-unknown',
    story: 'a tier the credential does not know',
    source: 'loyalty-system',
    example: 'tier-unknown',
    changes: (_run, at) => ({ changed_at: at.toISOString() }),
    expected: { refused: 'claims-invalid' },
  },
];
