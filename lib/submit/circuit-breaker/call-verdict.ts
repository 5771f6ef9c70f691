/** What the end of a call to a provider says of that provider. */
import type { ErrorCode } from '../../issuance/error-codes.ts';

/** Errors that say: the provider is out of order, for everyone. */
const outages: ReadonlySet<ErrorCode> = new Set([
  'provider-unavailable',
  'provider-unavailable-in-doubt',
  'provider-unreachable',
  'provider-answer-lost',
  'provider-answer-unreadable',
]);
/** Errors that say: the provider does not let this account do this. The call certainly did nothing. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'provider-refused-signature',
  'provider-refused-login',
  'provider-feature-disabled',
]);
/** Errors that say nothing of the provider. */
const ours: ReadonlySet<ErrorCode> = new Set([
  'signing-key-unavailable',
  'secret-unavailable',
  'program-removed',
  'lease-lost',
  'slot-busy',
  'circuit-open',
  'outcome-settling',
  'outcome-unknown',
]);

/** What the end of a call says of the provider; whatever else it answers, it answers. */
export function verdictOf(code: ErrorCode | undefined): 'works' | 'outage' | 'refusal' | 'nothing' {
  if (code === undefined) return 'works';
  if (outages.has(code)) return 'outage';
  if (refusals.has(code)) return 'refusal';
  return ours.has(code) ? 'nothing' : 'works';
}
