/** Codes of an accepted issuance that a provider, a wallet or the holder does not accept: it fails. */
import type { ErrorCodeEntry } from './entry.ts';

export const rejections = {
  'provider-rejected-claims': {
    kind: 'permanent',
    title: 'The provider refused the request or its claims',
    advice:
      'Compare the program’s schema in the configuration with the schema at the provider; then retry the issuance.',
  },
  'provider-refused-signature': {
    kind: 'permanent',
    title: 'The provider does not accept our credentials',
    advice:
      'Check that the registered JWKS URL serves the current key, that the partner id and the scope are correct, and that neither side’s clock is minutes off. Every issuance of this account is affected. Then retry the issuance.',
  },
  'provider-feature-disabled': {
    kind: 'permanent',
    title: 'The provider does not allow this account to issue this credential',
    advice: 'Ask the provider to enable issuing on behalf for this account and program; then retry the issuance.',
  },
  'provider-program-not-found': {
    kind: 'permanent',
    title: 'The provider does not know this issuer or credential',
    advice:
      'Check the ids in the configuration, and that the program is published at the provider; then retry the issuance.',
  },
  'holder-refused-consent': {
    kind: 'permanent',
    title: 'The holder has refused credentials from this partner',
    advice:
      'Nothing can be issued until the holder allows it at the provider. Ask the holder, then retry the issuance.',
  },
  'provider-refused-login': {
    kind: 'permanent',
    title: 'The provider does not accept our API key or client credentials',
    advice:
      'Check the account’s entry in the secret provider-accounts. Every issuance of this account is affected. Then retry the issuance.',
  },
  'wallet-unknown': {
    kind: 'permanent',
    title: 'The provider knows no wallet with this external key',
    advice: 'Check the external key with the company that owns the wallet; then send the event with the correct key.',
  },
  'wallet-refuses-direct-issue': {
    kind: 'permanent',
    title: 'The wallet does not allow our issuer to issue directly, so nothing was sent to it',
    advice:
      'Ask the company that owns the wallet to allow direct issue for our issuer; then retry the issuance. Or set fallback: inbox in the program’s configuration, which offers the credential in the wallet’s inbox instead.',
  },
  'offer-unusable': {
    kind: 'permanent',
    title: 'The provider minted an offer that cannot be pushed into a wallet',
    advice:
      'Nothing was pushed. The detail describes the problem with the offer. Check the account’s base URLs, or ask the provider.',
  },
  'credential-exchange-failed': {
    kind: 'permanent',
    title: 'The wallet could not claim the offer',
    advice:
      'The offer may have expired or been used. Retry the issuance, which mints a new offer. If that fails too, ask the provider.',
  },
  'duplicate-or-refused': {
    kind: 'permanent',
    title: 'The holder already has this credential, or has refused credentials from this partner',
    advice: 'The provider gives the same answer in both cases. Look up the holder at the provider.',
  },
  'provider-refused-request': {
    kind: 'permanent',
    title: 'The provider refused the request with an answer that its contract does not describe',
    advice: 'Check the base URL, and ask the provider about the HTTP status in the detail.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;
