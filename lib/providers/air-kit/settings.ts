/** The settings of AIR Kit: the partner account, and the credential of each program. */
import * as z from 'zod/mini';
import { providerUrl } from '../provider-url.ts';

/** A partner account at AIR Kit. */
export const accountSettings = z.strictObject({
  provider: z.literal('air-kit'),
  /** Base URL with its version, such as https://api.sandbox.mocachain.org/v1. */
  baseUrl: providerUrl,
  partnerId: z.uuid(),
  issuerDid: z.string().check(z.regex(/^did:[a-z0-9]+:\S+$/), z.maxLength(256)),
  /** The provider's own documents disagree (`issue on-behalf` or `issue`), so it is a setting. */
  scope: z._default(z.string().check(z.minLength(1), z.maxLength(64)), 'issue on-behalf'),
});

/** One credential ("issuance program") at AIR Kit. */
export const credentialSettings = z.strictObject({
  credentialId: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  /** What the provider does if the holder already has this credential. */
  onDuplicate: z._default(z.enum(['revoke', 'ignore']), 'revoke'),
});

export type AirKitAccount = z.infer<typeof accountSettings>;
export type AirKitCredential = z.infer<typeof credentialSettings>;
