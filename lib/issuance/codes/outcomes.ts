/** Codes of an accepted issuance that waits, has an unknown outcome, is parked, or fails for an internal reason. */
import type { ErrorCodeEntry } from './entry.ts';

export const outcomes = {
  'provider-rate-limited': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider limits the rate of requests',
    advice:
      'No action is needed: the issuance is tried again. If the limit persists, set callsPerSecond of the account, or lower the worker’s concurrency.',
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
    title: 'The provider, or the directory of the source, was unavailable for longer than the retry period',
    advice: 'Retry the issuance when it is available again; the detail says what it waited for.',
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
      'A lost call that the provider carried out late may have replaced it, or someone has revoked it. Look up the holder at the provider. If it has a credential with these claims, nothing is missing. If not, and it should have one, send the event again with a new idempotency key.',
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
    title:
      'The circuit breaker is open: the provider failed several times in a row for this program, or the directory for this source',
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
