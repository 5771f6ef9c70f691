/**
 * The credentials of a function, from the environment variables that Lambda sets. The bundler uses this in place of the
 * SDK's default chain (profiles, SSO, web identity, instance metadata), which a function never uses.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = fromEnv;
