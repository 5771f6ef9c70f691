/** Codes of an accepted issuance that fails, waits, has an unknown outcome, or is parked. */
import type { ErrorCodeEntry } from './entry.ts';

export const outcomes = {
  'provider-rejected-claims': {
    kind: 'permanent',
    title: 'The provider refused the request or its claims',
    advice:
      'Compare the program’s schema in the configuration with the schema at the provider; then retry the issuance.',
  },
  'provider-refused-signature': {
    kind: 'permanent',
    title: 'The provider does not accept our credentials',
    advice:
      'Check that the registered JWKS URL serves the current key, that the partner id and the scope are correct, and that neither side’s clock is minutes off. Every issuance of this account is affected. Then retry the issuance.',
  },
  'provider-feature-disabled': {
    kind: 'permanent',
    title: 'The provider does not allow this account to issue this credential',
    advice: 'Ask the provider to enable issuing on behalf for this account and program; then retry the issuance.',
  },
  'provider-program-not-found': {
    kind: 'permanent',
    title: 'The provider does not know this issuer or credential',
    advice:
      'Check the ids in the configuration, and that the program is published at the provider; then retry the issuance.',
  },
  'holder-refused-consent': {
    kind: 'permanent',
    title: 'The holder has refused credentials from this partner',
    advice:
      'Nothing can be issued until the holder allows it at the provider. Ask the holder, then retry the issuance.',
  },
  'provider-refused-login': {
    kind: 'permanent',
    title: 'The provider does not accept our API key or client credentials',
    advice:
      'Check the account’s entry in the secret provider-accounts. Every issuance of this account is affected. Then retry the issuance.',
  },
  'wallet-unknown': {
    kind: 'permanent',
    title: 'The provider knows no wallet with this external key',
    advice: 'Check the external key with the company that owns the wallet; then send the event with the correct key.',
  },
  'wallet-refuses-direct-issue': {
    kind: 'permanent',
    title: 'The wallet does not allow our issuer to issue directly, so nothing was sent to it',
    advice:
      'Ask the company that owns the wallet to allow direct issue for our issuer; then retry the issuance. Or set fallback: inbox in the program’s configuration, which offers the credential in the wallet’s inbox instead.',
  },
  'offer-unusable': {
    kind: 'permanent',
    title: 'The provider minted an offer that cannot be pushed into a wallet',
    advice:
      'Nothing was pushed. The detail describes the problem with the offer. Check the account’s base URLs, or ask the provider.',
  },
  'credential-exchange-failed': {
    kind: 'permanent',
    title: 'The wallet could not claim the offer',
    advice:
      'The offer may have expired or been used. Retry the issuance, which mints a new offer. If that fails too, ask the provider.',
  },
  'duplicate-or-refused': {
    kind: 'permanent',
    title: 'The holder already has this credential, or has refused credentials from this partner',
    advice: 'The provider gives the same answer in both cases. Look up the holder at the provider.',
  },
  'provider-refused-request': {
    kind: 'permanent',
    title: 'The provider refused the request with an answer that its contract does not describe',
    advice: 'Check the base URL, and ask the provider about the HTTP status in the detail.',
  },
  'provider-rate-limited': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider limits the rate of requests',
    advice: 'No action is needed: the issuance is tried again. If the limit persists, lower the worker’s concurrency.',
  },
  'calls-limited': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The account’s callsPerSecond allows no call at the moment',
    advice:
      'No action is needed: the issuance is tried again soon. If the wait persists, more events arrive than callsPerSecond allows: raise it if the provider permits.',
  },
  'provider-unavailable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider is unavailable',
    advice: 'No action is needed: the issuance is tried again for days.',
  },
  'provider-unreachable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider cannot be reached',
    advice:
      'No action is needed at first: the issuance is tried again. If the failure persists, check DNS, TLS and the base URL.',
  },
  'signing-key-unavailable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The signing keys cannot be read or used',
    advice:
      'Check the secret of the signing keys and the function’s permission to read it. The issuance is tried again.',
  },
  'secret-unavailable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'A secret cannot be read or used',
    advice: 'Check the secret and the function’s permission to read it. The issuance is tried again.',
  },
  'provider-answer-lost': {
    kind: 'unknown-outcome',
    alarmMinutes: 10,
    title: 'The provider’s answer was lost',
    advice: 'No action is needed: the worker determines whether the credential was issued.',
  },
  'provider-answer-unreadable': {
    kind: 'unknown-outcome',
    alarmMinutes: 10,
    title: 'The provider’s answer cannot be read',
    advice:
      'No action is needed: the worker determines whether the credential was issued. If this persists, ask the provider whether its contract changed.',
  },
  'provider-unavailable-in-doubt': {
    kind: 'unknown-outcome',
    alarmMinutes: 10,
    title: 'The provider answered that it is unavailable, and may have issued the credential before that',
    advice:
      'No action is needed: the worker determines whether the credential was issued when the provider is available again. If this persists, ask the provider.',
  },
  'outcome-settling': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider may still carry out a call whose answer was lost',
    advice: 'No action is needed: the worker determines the outcome when the call can no longer be in progress.',
  },
  'holder-erased': {
    kind: 'permanent',
    title: 'The holder’s data was erased on request before the credential was issued',
    advice:
      'No action is needed. If the holder wants the credential after all, send the event again with a new idempotency key.',
  },
  'retries-exhausted': {
    kind: 'permanent',
    title: 'The provider was unavailable for longer than the retry period',
    advice: 'Retry the issuance when the provider is available again.',
  },
  'outcome-unknown': {
    kind: 'parked',
    title: 'It is not known whether the provider issued the credential',
    advice:
      'Look up the holder at the provider. If the credential exists, nothing is missing. If it does not, retry the issuance.',
  },
  'not-confirmed-in-time': {
    kind: 'parked',
    title: 'The provider accepted the credential but did not confirm it in time',
    advice:
      'Its status is still checked periodically, as long as holder and claims are kept. Do not issue it again: ask the provider about the delay.',
  },
  'waits-in-inbox': {
    kind: 'parked',
    title: 'The credential was offered in the wallet’s inbox, and nobody accepted it in time',
    advice:
      'Ask the company that owns the wallet to accept the offer in its inbox. Its status is still checked periodically, as long as holder and claims are kept. Do not issue it again: the offer may still be accepted.',
  },
  'provider-lost-track': {
    kind: 'parked',
    title: 'The provider no longer knows the credential that it accepted',
    advice:
      'Its status is still checked periodically, as long as holder and claims are kept. Ask the provider, and do not issue it again before that.',
  },
  'credential-revoked': {
    kind: 'parked',
    title: 'The provider has revoked the credential whose id it gave us',
    advice:
      'A lost call that the provider carried out late may have replaced it, or someone has revoked it. Look the holder up at the provider: if these claims are there, nothing is missing; if not, and they should be, send the event again with a new idempotency key.',
  },
  overtaken: {
    kind: 'parked',
    title: 'A newer event for the same holder and program took precedence',
    advice: 'No action is needed, unless the newer event has failed: then this issuance can be retried.',
  },
  'program-removed': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The issuance’s program is no longer in the configuration',
    advice: 'Add the program again and deploy; the issuance continues automatically.',
  },
  'circuit-open': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The circuit breaker is open: the provider failed several times in a row for this program',
    advice:
      'If the detail names a cause on our side, fix it. Otherwise no action is needed: one issuance at a time is sent as a probe, and when a probe succeeds all issuances continue automatically.',
  },
  'slot-busy': {
    kind: 'retry-later',
    // Normal while the earlier issuance waits for its confirmation.
    alarmMinutes: 60,
    title: 'Another issuance of the same program and holder is in progress',
    advice: 'No action is needed: this issuance continues when the other has ended.',
  },
  'lease-lost': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The worker was too slow and lost its lease',
    advice: 'No action is needed: the issuance is tried again.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
