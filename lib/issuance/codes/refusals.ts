/** Codes of requests that are refused on entry: nothing was stored or queued. */
import type { ErrorCodeEntry } from './entry.ts';

export const refusals = {
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
    advice: 'Send program, holder, claims and occurredAt, and no other fields. The detail names the field.',
  },
  'request-too-large': {
    kind: 'invalid',
    http: 413,
    title: 'The body is too large',
    advice:
      'A request may have 64 KB, an event of a source 1 MiB. In a request, send only the claims that the credential needs.',
  },
  'request-too-deep': {
    kind: 'invalid',
    http: 422,
    title: 'The request has more than 16 levels of nesting or more than 1,000 values',
    advice: 'Send only the claims that the program’s schema describes.',
  },
  'content-type-unsupported': {
    kind: 'invalid',
    http: 415,
    title: 'The content type is not application/json',
    advice:
      'Send content-type: application/json. An event of a source may also be form-encoded (application/x-www-form-urlencoded).',
  },
  'charset-unsupported': {
    kind: 'invalid',
    http: 415,
    title: 'The charset of the body is not UTF-8',
    advice: 'Send the body as UTF-8, with charset=utf-8 or without a charset in content-type.',
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
      'Send a key that is the same each time this event is sent, such as the event’s own id: in the header Idempotency-Key, or as idempotencyKey in a queue message.',
  },
  'idempotency-key-invalid': {
    kind: 'invalid',
    http: 400,
    title: 'The idempotency key is not valid',
    advice: 'Use 1 to 255 printable ASCII characters.',
  },
  'idempotency-key-reused': {
    kind: 'invalid',
    http: 422,
    title: 'This idempotency key was used before with another payload',
    advice:
      'Repeat an event with exactly the same payload, or give a new event a new key. The first issuance is unchanged.',
  },
  'program-unknown': {
    kind: 'invalid',
    http: 422,
    title: 'There is no such program',
    advice: 'Use the name of a program in this environment’s configuration.',
  },
  'holder-invalid': {
    kind: 'invalid',
    http: 422,
    title: 'The holder is not valid',
    advice:
      'Send the identifier by which the program’s provider knows the holder: an e-mail address at AIR Kit, the external key of a wallet at Credenco.',
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
    title: 'occurredAt is missing or is not a valid date and time',
    advice: 'Send the time of the event in RFC 3339 with an offset, such as 2026-11-22T09:30:00Z.',
  },
  'occurred-at-in-future': {
    kind: 'invalid',
    http: 422,
    title: 'occurredAt is in the future',
    advice: 'Send the time of the event, and check the sender’s clock (a difference of five minutes is tolerated).',
  },
  'query-invalid': {
    kind: 'invalid',
    http: 400,
    title: 'A query parameter is not valid',
    advice: 'The detail names the parameter and the values it accepts.',
  },
  unauthorized: {
    kind: 'invalid',
    http: 401,
    title: 'The bearer token is missing or unknown',
    advice: 'Send authorization: Bearer <token> with a token that is registered for this environment.',
  },
  'source-unverified': {
    kind: 'invalid',
    http: 401,
    title: 'The request could not be verified as coming from the source in the path',
    advice:
      'Check the source’s name in the path, that the sender signs with a secret that is stored for this source, and the sender’s clock.',
  },
  'rule-failed': {
    kind: 'invalid',
    http: 422,
    title: 'A rule of the source could not be applied to this event',
    advice:
      'The detail names the rule and the reason. Correct the rule, try it with npx iob try, deploy, and have the sender repeat the event.',
  },
  'scope-missing': {
    kind: 'invalid',
    http: 403,
    title: 'The token does not have the required scope',
    advice: 'Use a token that has the scope the detail names.',
  },
  'issuance-not-retryable': {
    kind: 'invalid',
    http: 409,
    title: 'The issuance cannot be retried in its current status',
    advice: 'Only failed, uncertain and superseded issuances can be retried.',
  },
  'newer-event-stands': {
    kind: 'invalid',
    http: 409,
    title: 'A newer event for the same holder and program has not failed',
    advice:
      'Wait until the newer issuance has ended. A superseded issuance can be retried only if the newest event has failed and no event in between was issued.',
  },
  'personal-data-gone': {
    kind: 'invalid',
    http: 410,
    title: 'Holder and claims of this issuance have been deleted',
    advice: 'Send the event again with a new idempotency key.',
  },
  'route-not-found': {
    kind: 'invalid',
    http: 404,
    title: 'This path does not exist',
    advice: 'GET /v1/openapi.json lists the paths of the API.',
  },
  'method-not-allowed': {
    kind: 'invalid',
    http: 405,
    title: 'This method is not allowed for this path',
    advice: 'The header Allow lists the methods of this path.',
  },
  'issuance-not-found': {
    kind: 'invalid',
    http: 404,
    title: 'There is no such issuance',
    advice: 'Check the id. A source sees only its own issuances.',
  },
  'service-unavailable': {
    kind: 'invalid',
    http: 503,
    title: 'The request could not be stored or queued',
    advice: 'Repeat it with the same idempotency key after a few seconds; repeating is safe.',
  },
  'internal-error': {
    kind: 'invalid',
    http: 500,
    title: 'An internal error occurred',
    advice:
      'Repeat the request with the same idempotency key. If the error persists, report the answer’s x-request-id.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
