/** The settings of challenges: how a sender checks that an endpoint expects its events, before it sends any. */
import * as z from 'zod/mini';
import { expression, headerName } from '../proofs/settings/fields.ts';

/** Where a value of the request is. */
const place = z.union([
  z.strictObject({ header: headerName }),
  z.strictObject({ query: z.string().check(z.minLength(1), z.maxLength(64)) }),
  /** Only of a proven request. */
  z.strictObject({ body: expression }),
]);

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256: 64 digits in lower case' }));

/** Distinguishes a challenge from other requests, or from a stranger's. */
const condition = z.strictObject({ at: place, equals: z.optional(z.string()), sha256: z.optional(sha256) });

const template = z.string().check(z.maxLength(256));

const custom = z
  .strictObject({
    kind: z.literal('custom'),
    /** A POST is answered only if it is proven. */
    method: z.enum(['GET', 'POST']),
    when: z.array(condition).check(z.maxLength(4)),
    /** What the sender wants to see again. */
    value: place,
    /** Templates of `{value}` and `{hmac}`. */
    answer: z.union([z.strictObject({ text: template }), z.strictObject({ json: z.record(z.string(), template) })]),
    /** The value signed with the secret that proves the request. */
    hmac: z.optional(z.strictObject({ algorithm: z.enum(['sha256', 'sha512']), encoding: z.enum(['hex', 'base64']) })),
  })
  .check(
    z.refine(({ method, hmac }) => method === 'POST' || hmac === undefined, {
      path: ['hmac'],
      error: 'must not be there: a GET is not proven, and anyone could have a text signed with the secret',
    }),
    z.refine(
      ({ method, value, when }) =>
        method === 'POST' || ![value, ...when.map(({ at }) => at)].some((at) => 'body' in at),
      { path: ['value'], error: 'must not be in the body: a GET has none' },
    ),
  );

/** Senders of which nothing else has to be set. */
export const challengeKinds = ['slack', 'zoom', 'twitch', 'okta', 'dropbox', 'event-grid', 'microsoft-graph'] as const;

/** `challenge` of a source. */
export const challengeSettings = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.enum(challengeKinds) }),
    /** The verify token that is set at Meta; only its hash is stored. */
    z.strictObject({ kind: z.literal('meta'), tokenSha256: sha256 }),
    /** Who may send, and how often per minute: the HTTP method OPTIONS. */
    z.strictObject({
      kind: z.literal('cloud-events'),
      origins: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
      ratePerMinute: z.optional(z.number().check(z.int(), z.gte(1))),
    }),
    custom,
  ],
  { error: `must have a kind: ${[...challengeKinds, 'meta', 'cloud-events', 'custom'].join(', ')}` },
);

export type ChallengeSettings = z.infer<typeof challengeSettings>;
export type CustomChallenge = z.infer<typeof custom>;
export type Place = z.infer<typeof place>;
