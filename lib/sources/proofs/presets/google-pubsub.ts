/**
 * Push subscriptions of Google Cloud Pub/Sub. The token covers nothing of the body.
 * https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
import type { JwtPresetSettings } from './preset.ts';

export const googlePubsub: JwtPresetSettings = {
  scheme: 'jwt',
  algorithms: ['RS256'],
  jwks: 'https://www.googleapis.com/oauth2/v3/certs',
  issuer: 'https://accounts.google.com',
};
