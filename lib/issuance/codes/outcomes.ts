/** Codes of what becomes of an issuance: it fails, waits, is in doubt, or is parked. */
import type { ErrorCodeEntry } from './entry.ts';

export const outcomes = {
  'provider-rejected-claims': {
    kind: 'permanent',
    title: 'The provider refused the request or its claims',
    advice: 'Compare the program’s schema here with the one at the provider; then retry the issuance.',
  },
  'provider-refused-signature': {
    kind: 'permanent',
    title: 'The provider does not accept our credentials',
    advice:
      'Check that the registered JWKS URL serves the current key, that partner id and scope are right, and that neither side’s clock is minutes off; every job of this account is affected. Then retry the issuance.',
  },
  'provider-feature-disabled': {
    kind: 'permanent',
    title: 'The provider does not allow this account to issue this credential',
    advice: 'Ask the provider to enable issuing on behalf for this account and program; then retry the issuance.',
  },
  'provider-program-not-found': {
    kind: 'permanent',
    title: 'The provider does not know this issuer or credential',
    advice: 'Check the ids in the configuration and that the program is published; then retry the issuance.',
  },
  'holder-refused-consent': {
    kind: 'permanent',
    title: 'The holder has refused credentials from this partner',
    advice:
      'Nothing can be issued until the holder allows it at the provider; ask the holder, then retry the issuance.',
  },
  'provider-refused-login': {
    kind: 'permanent',
    title: 'The provider does not accept our API key or client credentials',
    advice:
      'Check the account’s entry of the secret provider-accounts; every job of this account is affected. Then retry the issuance.',
  },
  'wallet-unknown': {
    kind: 'permanent',
    title: 'The provider knows no wallet with this external key',
    advice: 'Check the external key with the company that owns the wallet; then send the event with the right one.',
  },
  'wallet-refuses-direct-issue': {
    kind: 'permanent',
    title: 'The wallet does not let our issuer issue directly, so nothing was sent to it',
    advice:
      'Ask the company that owns the wallet to allow direct issue for our issuer; then retry the issuance. Or set fallback: inbox at the program, which offers it for acceptance instead.',
  },
  'offer-unusable': {
    kind: 'permanent',
    title: 'The provider minted an offer that cannot be pushed into a wallet',
    advice:
      'Nothing was pushed. The detail says what is wrong with the offer: check the account’s base URLs, or ask the provider.',
  },
  'credential-exchange-failed': {
    kind: 'permanent',
    title: 'The wallet could not claim the offer',
    advice:
      'The offer may have expired or been used; retry the issuance, which mints a new one. If it fails again, ask the provider.',
  },
  'duplicate-or-refused': {
    kind: 'permanent',
    title: 'The holder already holds this credential, or has refused credentials from this partner',
    advice: 'The provider answers both the same way; look the holder up at the provider.',
  },
  'provider-refused-request': {
    kind: 'permanent',
    title: 'The provider refused the request in a way its contract does not describe',
    advice: 'Check the base URL; look up the HTTP status in the record’s detail with the provider.',
  },
  'provider-rate-limited': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider asks to slow down',
    advice: 'Nothing to do: it is tried again. If it lasts, lower the worker’s concurrency.',
  },
  'provider-unavailable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider is out of order',
    advice: 'Nothing to do: it is tried again for days.',
  },
  'provider-unreachable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider cannot be reached',
    advice: 'Nothing to do at first: it is tried again. Check DNS, TLS and the base URL if it lasts.',
  },
  'signing-key-unavailable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The signing keys cannot be read or used',
    advice: 'Check the signing key secret and the worker’s access to it; it is tried again.',
  },
  'secret-unavailable': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'A secret cannot be read or used',
    advice: 'Check the named secret and the function’s access to it; it is tried again.',
  },
  'provider-answer-lost': {
    kind: 'unknown-outcome',
    alarmMinutes: 10,
    title: 'The provider’s answer was lost',
    advice: 'Nothing to do: it is found out whether the credential was issued.',
  },
  'provider-answer-unreadable': {
    kind: 'unknown-outcome',
    alarmMinutes: 10,
    title: 'The provider’s answer cannot be read',
    advice:
      'Nothing to do: it is found out whether the credential was issued. If it lasts, the provider changed its contract.',
  },
  'provider-unavailable-in-doubt': {
    kind: 'unknown-outcome',
    alarmMinutes: 10,
    title: 'The provider says that it is unavailable, which may have happened after it acted',
    advice:
      'Nothing to do: it is found out whether the credential was issued, as soon as the provider is back. If it lasts, ask the provider.',
  },
  'outcome-settling': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'A call whose answer was lost may still be carried out by the provider',
    advice: 'Nothing to do: it is found out what became of it as soon as nothing of it can be under way any more.',
  },
  'holder-erased': {
    kind: 'permanent',
    title: 'The holder’s data was erased on request before the credential was issued',
    advice:
      'Nothing to do. Should the holder want the credential after all, send the event again with a new idempotency key.',
  },
  'retries-exhausted': {
    kind: 'permanent',
    title: 'The provider was out of reach for longer than we keep trying',
    advice: 'Retry the issuance when the provider is back.',
  },
  'outcome-unknown': {
    kind: 'parked',
    title: 'It could not be found out whether the provider issued the credential',
    advice:
      'Look the holder up at the provider: if the credential is there, nothing is missing; if not, retry the issuance.',
  },
  'not-confirmed-in-time': {
    kind: 'parked',
    title: 'The provider has the credential but has not confirmed it in time',
    advice:
      'It is still asked about now and then, as long as holder and claims are kept. Do not issue it again: ask the provider what holds it up.',
  },
  'waits-in-inbox': {
    kind: 'parked',
    title: 'The credential was offered in the wallet’s inbox, and nobody has accepted it in time',
    advice:
      'Ask the company that owns the wallet to accept the offer in its inbox. It is still asked about now and then, as long as holder and claims are kept. Do not issue it again: the offer may still be accepted.',
  },
  'provider-lost-track': {
    kind: 'parked',
    title: 'The provider does not know the credential it accepted',
    advice:
      'It is still asked about now and then, as long as holder and claims are kept. Ask the provider; do not issue it again before that.',
  },
  overtaken: {
    kind: 'parked',
    title: 'A newer event for the same holder and program made this one pointless',
    advice: 'Nothing to do, unless the newer one has failed: then this one can be retried.',
  },
  'program-removed': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The issuance’s program is not in the configuration any more',
    advice: 'Put the program back and deploy; the issuance goes on by itself.',
  },
  'circuit-open': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The provider failed several times in a row for this program, so nothing is sent to it for a while',
    advice:
      'Mend what the detail names, if it is ours; otherwise there is nothing to do. One issuance at a time tries whether the provider is back, and then all go on by themselves.',
  },
  'slot-busy': {
    kind: 'retry-later',
    // Usual while the one before waits for its confirmation.
    alarmMinutes: 60,
    title: 'Another credential of the same program is under way for this holder',
    advice: 'Nothing to do: this one follows when the other has ended.',
  },
  'lease-lost': {
    kind: 'retry-later',
    alarmMinutes: 10,
    title: 'The worker was too slow and lost its turn',
    advice: 'Nothing to do: it is taken up again.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
