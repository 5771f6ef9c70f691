/** The scheme a source's settings ask for. */
import type { ProofSettings } from '../settings.ts';
import { bearer } from './bearer.ts';
import { hmac } from './hmac.ts';
import { presets } from './presets.ts';
import type { Scheme } from './proof.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';

export function schemeOf(settings: ProofSettings): Scheme {
  switch (settings.scheme) {
    case 'standard-webhooks':
      return standardWebhooks;
    case 'stripe':
      return stripe;
    case 'bearer':
      return bearer;
    case 'hmac':
      return hmac(settings);
    default:
      return hmac(presets[settings.scheme]);
  }
}
