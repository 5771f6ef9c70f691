/** The settings of every scheme of proof: `proof` of a source. The code that verifies is not needed to read them. */
import * as z from 'zod/mini';
import { headerName, prefix, secureAddress } from './fields.ts';
import { addressedPresets, keyPresets, plainPresets } from './preset-names.ts';
import { onePlace, partsOfHeader, signatureFields, signedId, signedParts } from './signature.ts';

/** A signature with HMAC and a shared secret. */
const hmacSettings = z
  .strictObject({
    scheme: z.literal('hmac'),
    algorithm: z.enum(['sha1', 'sha256', 'sha384', 'sha512']),
    /** How the secret is written. Default: text, the secret itself is the key. */
    key: z.optional(z.enum(['text', 'hex', 'base64'])),
    /** A prefix of the secret; it is a part of a key that is text, and no part of other keys. */
    keyPrefix: z.optional(prefix),
    /** Minimum length of the key, after decoding. Default: 16. */
    keyBytes: z.optional(z.number().check(z.int(), z.gte(16), z.lte(64))),
    ...signatureFields,
  })
  .check(onePlace, partsOfHeader, signedParts, signedId);

/** Public keys in PEM, in base64 of DER (SPKI), or for Ed25519 also the 32 bytes in hex or base64. */
const publicKeys = z.array(z.string().check(z.minLength(40), z.maxLength(8192))).check(z.minLength(1), z.maxLength(8));

/** A signature with a private key of the sender. */
const publicKeySettings = z
  .strictObject({
    scheme: z.literal('public-key'),
    algorithm: z.enum(['ed25519', 'ecdsa-sha256', 'rsa-sha256', 'rsa-sha512', 'rsa-pss-sha256']),
    keys: publicKeys,
    /** A prefix of the keys that is no part of them, such as `whpk_`. */
    keyPrefix: z.optional(prefix),
    /** How an ECDSA signature is written. Default: der. */
    form: z.optional(z.enum(['der', 'ieee-p1363'])),
    ...signatureFields,
  })
  .check(onePlace, partsOfHeader, signedParts, signedId);

/** A token that is the same in every request; only its hash is stored. */
const headerTokenSettings = z.strictObject({
  scheme: z.literal('header-token'),
  header: headerName,
  prefix: z.optional(prefix),
});

/** A public key as RFC 7517 defines it. */
const jwk = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) })
  .check(z.refine((key) => !('d' in key), { error: 'must be a public key: this one has its private part' }));
const jwks = z.array(jwk).check(z.minLength(1), z.maxLength(16));

/** A JWT of the sender. */
const jwtSettings = z
  .strictObject({
    scheme: z.literal('jwt'),
    /** Header that carries the token. Default: authorization, with the prefix `Bearer `. */
    header: z.optional(headerName),
    algorithms: z.array(z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'])).check(z.minLength(1)),
    /** Address of the sender's key set; or else `keys`. */
    jwks: z.optional(secureAddress),
    keys: z.optional(jwks),
    issuer: z.optional(z.string().check(z.minLength(1))),
    audience: z.optional(z.string().check(z.minLength(1))),
    /** Claims that must have exactly these values. */
    claims: z.optional(z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]))),
    /** Maximum age of the token by its `iat`. Default: the token must have an `exp`, unless it has the body’s hash. */
    maxAgeSeconds: z.optional(z.number().check(z.int(), z.gte(30), z.lte(86_400))),
    /** The claim that holds the hash of the body. */
    bodyHash: z.optional(
      z.strictObject({
        claim: z.string().check(z.minLength(1)),
        algorithm: z.enum(['sha256', 'sha512']),
        encoding: z.enum(['hex', 'base64', 'base64url']),
      }),
    ),
  })
  .check(
    z.refine(({ jwks: address, keys }) => (address === undefined) !== (keys === undefined), {
      path: ['jwks'],
      error: 'must be the address of the key set, unless keys has the keys themselves',
    }),
    z.refine(({ audience, bodyHash }) => audience !== undefined || bodyHash !== undefined, {
      path: ['audience'],
      error: 'must be there, or bodyHash: a token made for someone else would be accepted',
    }),
  );

const named = z.strictObject({ scheme: z.enum([...plainPresets, 'bearer', 'basic', 'path-token']) });
/** Their signature covers the endpoint's address. */
const addressed = z.strictObject({ scheme: z.enum(addressedPresets), url: z.optional(secureAddress) });
const keyed = z.strictObject({ scheme: z.enum(keyPresets), keys: publicKeys });
const plaid = z.strictObject({ scheme: z.literal('plaid'), keys: jwks });
const googlePubsub = z.strictObject({
  scheme: z.literal('google-pubsub'),
  audience: z.string().check(z.minLength(1)),
  /** The service account of the subscription. */
  email: z.string().check(z.minLength(3)),
});

const general = ['bearer', 'basic', 'header-token', 'path-token', 'hmac', 'public-key', 'jwt'] as const;

/** The allowed values of `scheme`. */
export const schemeNames: readonly string[] = [
  ...general,
  ...plainPresets,
  ...addressedPresets,
  ...keyPresets,
  'plaid',
  'google-pubsub',
];

/** `proof` of a source. */
export const proofSettings = z.discriminatedUnion(
  'scheme',
  [named, addressed, keyed, plaid, googlePubsub, headerTokenSettings, hmacSettings, publicKeySettings, jwtSettings],
  { error: `must have a scheme: ${schemeNames.join(', ')}` },
);

export type ProofSettings = z.infer<typeof proofSettings>;
export type HmacSettings = z.infer<typeof hmacSettings>;
export type PublicKeySettings = z.infer<typeof publicKeySettings>;
export type HeaderTokenSettings = z.infer<typeof headerTokenSettings>;
export type JwtSettings = z.infer<typeof jwtSettings>;

/** Settings of a general scheme: what each preset stands for. */
export type GeneralSettings =
  | HmacSettings
  | PublicKeySettings
  | HeaderTokenSettings
  | JwtSettings
  | { scheme: 'bearer' | 'basic' | 'path-token' };
