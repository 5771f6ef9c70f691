/** Every error code of the product, with what it means and what to do: one table for the API, the records and the docs. */

/**
 * How an error is treated.
 * - `invalid`: the request is refused at the door; nothing was stored or queued.
 * - `permanent`: the issuance ends `failed`.
 * - `retry-later`: the provider certainly did not act; the message goes back to the queue.
 * - `unknown-outcome`: the provider may have acted; found out before anything is repeated.
 * - `parked`: the issuance waits for someone, or ended because of another.
 * - `message`: a queue message that can't be worked on; it goes to the dead-letter queue with this reason.
 */
export type ErrorKind = 'invalid' | 'permanent' | 'retry-later' | 'unknown-outcome' | 'parked' | 'message';

interface ErrorCodeEntry {
  kind: ErrorKind;
  /** HTTP status when the error is answered to a caller. */
  http?: number;
  /** What happened, as a sentence without full stop. */
  title: string;
  /** What the reader should do about it. */
  advice: string;
}

export const errorCodes = {
  // Refused at the door
  'request-not-json': {
    kind: 'invalid',
    http: 400,
    title: 'The body is not JSON',
    advice: 'Send one JSON object encoded as UTF-8.',
  },
  'request-invalid': {
    kind: 'invalid',
    http: 422,
    title: 'The request does not have the expected shape',
    advice: 'Send program, holder, claims and occurredAt and nothing else; the detail names the field.',
  },
  'request-too-large': {
    kind: 'invalid',
    http: 413,
    title: 'The body is larger than 64 KB',
    advice: 'Send only the claims the credential needs.',
  },
  'request-too-deep': {
    kind: 'invalid',
    http: 422,
    title: 'The claims are nested more than 16 levels deep or hold more than 1,000 values',
    advice: 'Flatten the claims to what the program’s schema describes.',
  },
  'content-type-unsupported': {
    kind: 'invalid',
    http: 415,
    title: 'The content type is not application/json',
    advice: 'Send content-type: application/json.',
  },
  'content-encoding-unsupported': {
    kind: 'invalid',
    http: 415,
    title: 'Compressed bodies are not accepted',
    advice: 'Send the body without content-encoding.',
  },
  'idempotency-key-missing': {
    kind: 'invalid',
    http: 400,
    title: 'The idempotency key is missing',
    advice:
      'Send a key that is the same each time this event is sent, such as the event’s own id: the header Idempotency-Key, or idempotencyKey in a queue message.',
  },
  'idempotency-key-invalid': {
    kind: 'invalid',
    http: 400,
    title: 'The idempotency key is not usable',
    advice: 'Use 1 to 255 printable ASCII characters.',
  },
  'idempotency-key-reused': {
    kind: 'invalid',
    http: 422,
    title: 'This idempotency key was used before with another payload',
    advice:
      'Repeat an event with exactly the same payload, or give a new event a new key. The first issuance is untouched.',
  },
  'program-unknown': {
    kind: 'invalid',
    http: 422,
    title: 'There is no such program',
    advice: 'Use one of the program names of this environment’s configuration.',
  },
  'holder-invalid': {
    kind: 'invalid',
    http: 422,
    title: 'The holder can not be addressed',
    advice:
      'Send what the program’s provider knows a holder by: an e-mail address at AIR Kit, the external key of a wallet at Credenco.',
  },
  'claims-invalid': {
    kind: 'invalid',
    http: 422,
    title: 'The claims do not match the program’s schema',
    advice: 'Compare the claims with the program’s schema; the detail names the fields.',
  },
  'occurred-at-invalid': {
    kind: 'invalid',
    http: 422,
    title: 'occurredAt is missing or is no date',
    advice: 'Send when the event happened as RFC 3339 with an offset, such as 2026-11-22T09:30:00Z.',
  },
  'occurred-at-in-future': {
    kind: 'invalid',
    http: 422,
    title: 'occurredAt lies in the future',
    advice: 'Send when the event happened; check the sender’s clock (five minutes of difference are tolerated).',
  },
  'query-invalid': {
    kind: 'invalid',
    http: 400,
    title: 'A query parameter is not usable',
    advice: 'The detail names the parameter and what it takes.',
  },
  unauthorized: {
    kind: 'invalid',
    http: 401,
    title: 'The bearer token is missing or unknown',
    advice: 'Send authorization: Bearer <token> with a token that was registered for this environment.',
  },
  'source-unverified': {
    kind: 'invalid',
    http: 401,
    title: 'It is not proven that this comes from the source in the path',
    advice:
      'Check the source’s name in the path, that its secret here is the one the sender signs with, and the sender’s clock.',
  },
  'rule-failed': {
    kind: 'invalid',
    http: 422,
    title: 'A rule of the source could not be applied to this event',
    advice:
      'The detail names the rule and the reason. Correct the rule, try it with npm run try-event, deploy, and let the sender repeat the event.',
  },
  'scope-missing': {
    kind: 'invalid',
    http: 403,
    title: 'The token may not be used for this',
    advice: 'Use a token that has the scope the detail names.',
  },
  'issuance-not-retryable': {
    kind: 'invalid',
    http: 409,
    title: 'The issuance can not be retried as it stands',
    advice: 'Only failed and uncertain issuances can be retried.',
  },
  'personal-data-gone': {
    kind: 'invalid',
    http: 410,
    title: 'Holder and claims of this issuance have been dropped',
    advice: 'Send the event again with a new idempotency key.',
  },
  'route-not-found': {
    kind: 'invalid',
    http: 404,
    title: 'There is nothing here',
    advice: 'GET /v1/openapi.json lists what the API has.',
  },
  'method-not-allowed': {
    kind: 'invalid',
    http: 405,
    title: 'This method is not allowed here',
    advice: 'The header Allow lists the methods of this path.',
  },
  'issuance-not-found': {
    kind: 'invalid',
    http: 404,
    title: 'There is no such issuance',
    advice: 'Check the id; a source sees only the issuances it asked for.',
  },
  'service-unavailable': {
    kind: 'invalid',
    http: 503,
    title: 'The request could not be stored or queued',
    advice: 'Repeat it with the same idempotency key after a moment; repeating is safe.',
  },
  'internal-error': {
    kind: 'invalid',
    http: 500,
    title: 'Something went wrong here',
    advice: 'Repeat with the same idempotency key; if it persists, report the answer’s x-request-id.',
  },
  // Ended or parked because of what the provider said
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
  'offer-unusable': {
    kind: 'permanent',
    title: 'The provider minted an offer that can not be pushed into a wallet',
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
    title: 'The provider asks to slow down',
    advice: 'Nothing to do: it is tried again. If it lasts, lower the worker’s concurrency.',
  },
  'provider-unavailable': {
    kind: 'retry-later',
    title: 'The provider is out of order',
    advice: 'Nothing to do: it is tried again for days.',
  },
  'provider-unreachable': {
    kind: 'retry-later',
    title: 'The provider can not be reached',
    advice: 'Nothing to do at first: it is tried again. Check DNS, TLS and the base URL if it lasts.',
  },
  'signing-key-unavailable': {
    kind: 'retry-later',
    title: 'The signing keys can not be read or used',
    advice: 'Check the signing key secret and the worker’s access to it; it is tried again.',
  },
  'secret-unavailable': {
    kind: 'retry-later',
    title: 'A secret can not be read or used',
    advice: 'Check the named secret and the function’s access to it; it is tried again.',
  },
  'provider-answer-lost': {
    kind: 'unknown-outcome',
    title: 'The provider’s answer was lost',
    advice: 'Nothing to do: it is found out whether the credential was issued.',
  },
  'provider-answer-unreadable': {
    kind: 'unknown-outcome',
    title: 'The provider’s answer can not be read',
    advice:
      'Nothing to do: it is found out whether the credential was issued. If it lasts, the provider changed its contract.',
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
  'provider-lost-track': {
    kind: 'parked',
    title: 'The provider does not know the credential it accepted',
    advice:
      'It is still asked about now and then, as long as holder and claims are kept. Ask the provider; do not issue it again before that.',
  },
  overtaken: {
    kind: 'parked',
    title: 'A newer event for the same holder and program made this one pointless',
    advice: 'Nothing to do.',
  },
  'program-removed': {
    kind: 'retry-later',
    title: 'The issuance’s program is not in the configuration any more',
    advice: 'Put the program back and deploy; the issuance goes on by itself.',
  },
  'circuit-open': {
    kind: 'retry-later',
    title: 'The provider failed several times in a row for this program, so nothing is sent to it for a while',
    advice:
      'Mend what the detail names, if it is ours; otherwise there is nothing to do. One issuance at a time tries whether the provider is back, and then all go on by themselves.',
  },
  'slot-busy': {
    kind: 'retry-later',
    title: 'Another credential of the same program is under way for this holder',
    advice: 'Nothing to do: this one follows when the other has ended.',
  },
  'lease-lost': {
    kind: 'retry-later',
    title: 'The worker was too slow and lost its turn',
    advice: 'Nothing to do: it is taken up again.',
  },
  // Queue messages that can't be worked on
  'message-version-unknown': {
    kind: 'message',
    title: 'The queue message has a version this deployment does not know',
    advice: 'Finish or roll back the deployment, then put the message back.',
  },
  'source-unknown': {
    kind: 'message',
    title: 'The queue message names a source that takes no messages here',
    advice: 'Correct the message attribute source, or give that source a queue in the configuration; then put it back.',
  },
  'issuance-missing': {
    kind: 'message',
    title: 'The queue message names an issuance that is not in the table',
    advice: 'Check that queue and table belong to the same environment.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;

/** A stable code; codes are never renamed or given another meaning. */
export type ErrorCode = keyof typeof errorCodes;

/** The entry of a code, with the optional fields visible. */
export function describeCode(code: ErrorCode): ErrorCodeEntry {
  return errorCodes[code];
}
