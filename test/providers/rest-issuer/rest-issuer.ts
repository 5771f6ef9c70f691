/** A plain REST issuer: `POST /credentials` with an idempotency key, `GET /credentials/{id}`. */
import type { ProviderDefinition } from '../../../lib/providers/definition.ts';
import { connectRestIssuer } from './connect.ts';
import { canonicalMemberNumber } from './member-number.ts';
import { accountSettings, credentialSettings, type RestIssuerAccount, type RestIssuerCredential } from './settings.ts';

export const restIssuer = {
  accountSettings,
  credentialSettings,
  credentialKey: 'type',
  sameAccount: ({ baseUrl }) => baseUrl,
  severalPerHolder: true,
  reservedClaims: [],
  facts: () => [],
  canonicalHolder: canonicalMemberNumber,
  connect: connectRestIssuer,
} as const satisfies ProviderDefinition<RestIssuerAccount, RestIssuerCredential>;
