/** The switches of this provider; the faults are the same for every sandbox. */
import * as z from 'zod';

const milliseconds = z.number().min(0).max(1e12);

/** The form of `request_uri`; all but the first five are hostile or wrong and must not lead to a push. */
const requestUriForms = [
  'encoded',
  'unencoded',
  'other-host',
  'other-scheme',
  'own-query',
  'double-encoded',
  'by-value',
  'missing-parameter',
  'not-a-uri',
  'http-elsewhere',
  'https-elsewhere',
  'userinfo',
  'file',
  'metadata-address',
] as const;

/** The target of `status_uri`; all but the first two are hostile and must not be followed. */
const statusUriForms = ['own', 'variant', 'other-origin', 'userinfo', 'file', 'metadata-address'] as const;

/** Every switch with its default; unknown keys are refused. */
export const switchesSchema = z.strictObject({
  /** Which ways of authenticating the backend may use. */
  authentication: z.enum(['both', 'api-key', 'oauth2']).default('both'),
  /** `expires_in` of the backend's access tokens. */
  tokenLifetimeSeconds: z.int().min(1).max(86_400).default(300),
  /**
   * The answer to a second mint with a known `correlation_id`. The contract says that the id finds an issuance again after a
   * lost response, and only the answer of the mint contains the offer. So by default the answer is the same offer (409 if
   * template or claims differ). `new` mints another offer, `conflict` answers 409.
   */
  repeatedCorrelationId: z.enum(['same', 'new', 'conflict']).default('same'),
  /** How long an offer can be used after it was minted; 0 mints expired offers. */
  offerLifetimeMs: milliseconds.default(600_000),
  /** The form of `request_uri`; `request_uri_base` of the call replaces the scheme of the well-formed ones. */
  requestUri: z.enum(requestUriForms).default('encoded'),
  /** Host (and port) in hostile URIs, such as a test server that must receive no requests. */
  elsewhere: z
    .string()
    .regex(/^[\w.-]+(:\d{1,5})?$/)
    .default('wallet.example'),
  /** The target of `status_uri`. */
  statusUri: z.enum(statusUriForms).default('own'),
  /** A status to answer for every issuance, such as an undocumented value. */
  statusValue: z.string().min(1).max(64).optional(),
  /** The `correlation_id` in the answers of mint and status: the requested id, another, or none. */
  answersAbout: z.enum(['asked', 'another', 'nothing']).default('asked'),
  /** How long after the exchange the status is still `issue_request_created`. */
  statusDelayMs: milliseconds.default(0),
  /** How long after the mint the status is 404. */
  statusNotFoundMs: milliseconds.default(0),
  /** How long a wallet waits before it starts an unattended exchange. */
  exchangeDelayMs: milliseconds.default(0),
  /** Whether the issuer refuses at the credential endpoint, which ends the issuance in `error`. */
  refuseCredential: z.boolean().default(false),
  /** Signs credentials with a key that is not in the issuer's DID document. */
  signWithUnpublishedKey: z.boolean().default(false),
  /**
   * The answer to registering an existing contact, which never changes the contact. `shown-in-409` is a 409 whose body
   * is the contact.
   */
  existingContact: z.union([z.literal([409, 200, 400, 422]), z.literal('shown-in-409')]).default(409),
  /** Whether a new contact gets the requested right to issue directly; otherwise the wallet creates it without that right. */
  grantsDirectIssue: z.boolean().default(true),
  /** How long an offer waits in an inbox until the holder accepts it. Default: the holder never accepts it automatically. */
  inboxAcceptedAfterMs: milliseconds.optional(),
});

/** The provider's own switches. */
export type CredencoSwitches = z.output<typeof switchesSchema>;
