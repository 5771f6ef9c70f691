/** The settings of Credenco's Business Wallet: the account of our back end, and the template of each program. */
import * as z from 'zod/mini';
import { providerUrl } from '../provider-url.ts';

/** An account at Credenco. Its secret (API key, or client id and secret) is an entry of the secret `provider-accounts`. */
export const accountSettings = z.strictObject({
  provider: z.literal('credenco'),
  /** The address at which offers are minted, such as https://wallet.acc.credenco.com. */
  baseUrl: providerUrl,
  /** The address of the wallets, if it is another. */
  walletBaseUrl: z.optional(providerUrl),
  /** `api-key` sends x-api-key; `oauth2` uses client credentials at {baseUrl}/oauth2/token. */
  authentication: z.enum(['api-key', 'oauth2']),
  /** The issuer on the issuer template: wallets decide by its DID whether they keep a credential. */
  issuer: z.strictObject({
    did: z.string().check(z.regex(/^did:[a-z0-9]+:\S+$/), z.maxLength(256)),
    name: z.string().check(z.minLength(1), z.maxLength(128)),
  }),
});

/** One credential template at Credenco. */
export const credentialSettings = z
  .strictObject({
    templateId: z.string().check(z.regex(/^[A-Za-z0-9_.-]{1,64}$/)),
    /**
     * `register` makes our DID a trusted contact of the wallet, and an issuance ends `trust-verified` if the wallet itself
     * states that we may issue directly. `assume` expects that someone else did this, and it ends `provider-reported`.
     */
    trust: z.enum(['register', 'assume']),
    /** If a wallet refuses direct issue: `inbox` offers the credential in its inbox. Default: the issuance fails. */
    fallback: z.optional(z.literal('inbox')),
  })
  .check(
    z.refine(({ trust, fallback }) => fallback === undefined || trust === 'register', {
      path: ['fallback'],
      error: 'needs trust: register, for only then is the wallet asked',
    }),
  );

export type CredencoAccount = z.infer<typeof accountSettings>;
export type CredencoCredential = z.infer<typeof credentialSettings>;
