/** The metadata of the credential issuer and of its authorization server (OpenID4VCI 1.0, section 12; RFC 8414). */
import { Oauth2AuthorizationServer, preAuthorizedCodeGrantIdentifier, setGlobalConfig } from '@openid4vc/oauth2';
import { Openid4vciIssuer, Openid4vciVersion } from '@openid4vc/openid4vci';
import type { Operation } from '../../kit/operation.ts';
import type { CheckedTemplate, ProviderState } from '../provider-state.ts';
import { openidCallbacks } from './openid-callbacks.ts';

// By default the library refuses http. This sandbox listens on loopback, and its wallets call only loopback.
setGlobalConfig({ allowInsecureUrls: true });

/** The issuer part of the library. */
export const openidIssuer = new Openid4vciIssuer({ callbacks: openidCallbacks() });

/** The authorization server part of the library. */
export const authorizationServer = new Oauth2AuthorizationServer({ callbacks: openidCallbacks() });

function credentialConfiguration({ name, vct, schema }: CheckedTemplate) {
  const claims = Object.keys(schema.properties).map((claim) => ({
    path: [claim] as [string],
    mandatory: schema.required.includes(claim),
  }));
  return {
    format: 'dc+sd-jwt',
    vct,
    cryptographic_binding_methods_supported: ['jwk'],
    credential_signing_alg_values_supported: ['ES256'],
    proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
    credential_metadata: { display: [{ name }], claims },
  };
}

function credentialIssuerMetadata(state: ProviderState) {
  const origin = state.origin();
  const configurations = [...state.templates].map(([id, template]) => [id, credentialConfiguration(template)]);
  return openidIssuer.createCredentialIssuerMetadata({
    credential_issuer: origin,
    credential_endpoint: `${origin}/api/oidc/credential`,
    nonce_endpoint: `${origin}/api/oidc/nonce`,
    display: [{ name: 'Credenco sandbox' }],
    credential_configurations_supported: Object.fromEntries(configurations),
  });
}

/** The authorization server's metadata. */
export function authorizationServerMetadata(state: ProviderState) {
  const origin = state.origin();
  return authorizationServer.createAuthorizationServerMetadata({
    issuer: origin,
    token_endpoint: `${origin}/api/oidc/token`,
    token_endpoint_auth_methods_supported: ['none'],
    grant_types_supported: [preAuthorizedCodeGrantIdentifier],
    'pre-authorized_grant_anonymous_access_supported': true,
  });
}

/** Both, in the form that the library expects. */
export function issuerMetadata(state: ProviderState) {
  const credentialIssuer = credentialIssuerMetadata(state);
  return {
    originalDraftVersion: Openid4vciVersion.V1,
    credentialIssuer,
    authorizationServers: [authorizationServerMetadata(state)],
    knownCredentialConfigurations: openidIssuer.getKnownCredentialConfigurationsSupported(credentialIssuer),
  };
}

/** The well-known documents; the issuer identifier has no path, so their paths are fixed. */
export function metadataOperations(state: ProviderState): Operation[] {
  return [
    {
      name: 'issuer-metadata',
      method: 'GET',
      path: '/.well-known/openid-credential-issuer',
      handle: () => ({ status: 200, json: credentialIssuerMetadata(state) }),
    },
    {
      name: 'authorization-server-metadata',
      method: 'GET',
      path: '/.well-known/oauth-authorization-server',
      handle: () => ({ status: 200, json: authorizationServerMetadata(state) }),
    },
  ];
}
