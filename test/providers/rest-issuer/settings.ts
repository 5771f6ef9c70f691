/** What the REST issuer needs to be told: where it is, and per program which type of credential. */
import * as z from 'zod/mini';
import { providerUrl } from '../../../lib/providers/provider-url.ts';

/** An account. Its secret holds `token`, the bearer token of every call. */
export const accountSettings = z.strictObject({
  provider: z.literal('rest-issuer'),
  baseUrl: providerUrl,
});

export const credentialSettings = z.strictObject({
  type: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,63}$/)),
});

export type RestIssuerAccount = z.infer<typeof accountSettings>;
export type RestIssuerCredential = z.infer<typeof credentialSettings>;
