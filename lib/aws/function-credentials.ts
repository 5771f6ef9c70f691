/**
 * Where a function's credentials come from: the environment variables Lambda gives it. The bundler puts this in place
 * of the SDK's default chain (profiles, SSO, web identity, instance metadata), which a function never uses.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = fromEnv;
