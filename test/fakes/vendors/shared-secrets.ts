/** Vendors that sign with a shared secret and their own header. */
import { sign as signLikeGitHub } from '@octokit/webhooks-methods';
import Stripe from 'stripe';
import { delivery, type Party, plainBody, randomText, seconds, shared, sign } from './party.ts';

const stripe = new Stripe('sk_test_unused');

export const sharedSecrets: Record<string, Party> = {
  Sumsub: shared((secret, _, body) => ({ 'x-payload-digest': sign(secret, body) })),
  Onfido: shared((secret, _, body) => ({ 'x-sha2-signature': sign(secret, body) })),
  Veriff: shared((secret, _, body) => ({ 'x-hmac-signature': sign(secret, body) })),
  Persona: shared((secret, at, body) => ({
    'persona-signature': `t=${seconds(at)},v1=${sign(secret, `${seconds(at)}.${body}`)}`,
  })),
  Checkr: shared((secret, _, body) => ({ 'x-checkr-signature': sign(secret, body) })),
  Tito: shared((secret, _, body) => ({ 'tito-signature': sign(secret, body, 'base64') })),
  'Ticket Tailor': shared((secret, at, body) => ({
    'tickettailor-webhook-signature': `t=${seconds(at)},v1=${sign(secret, `${seconds(at)}${body}`)}`,
  })),
  Calendly: shared((secret, at, body) => ({
    'calendly-webhook-signature': `t=${seconds(at)},v1=${sign(secret, `${seconds(at)}.${body}`)}`,
  })),
  'Cal.com': shared((secret, _, body) => ({ 'x-cal-signature-256': sign(secret, body) })),
  Stripe: shared((secret, at, payload) => ({
    'stripe-signature': stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Number(seconds(at)) }),
  })),
  Paddle: shared((secret, at, body) => ({
    'paddle-signature': `ts=${seconds(at)};h1=${sign(secret, `${seconds(at)}:${body}`)}`,
  })),
  'Lemon Squeezy': shared((secret, _, body) => ({ 'x-signature': sign(secret, body) })),
  GoCardless: shared((secret, _, body) => ({ 'webhook-signature': sign(secret, body) })),
  Mollie: shared((secret, _, body) => ({ 'x-mollie-signature': `sha256=${sign(secret, body)}` })),
  Razorpay: shared((secret, _, body) => ({ 'x-razorpay-signature': sign(secret, body) })),
  Paystack: shared((secret, _, body) => ({ 'x-paystack-signature': sign(secret, body, 'hex', 'sha512') })),
  Square: shared((secret, _, body, url) => ({
    'x-square-hmacsha256-signature': sign(secret, `${url}${body}`, 'base64'),
  })),
  Shopify: shared((secret, _, body) => ({ 'x-shopify-hmac-sha256': sign(secret, body, 'base64') })),
  WooCommerce: shared((secret, _, body) => ({ 'x-wc-webhook-signature': sign(secret, body, 'base64') })),
  HubSpot: shared((secret, at, body, url) => ({
    'x-hubspot-request-timestamp': String(at.getTime()),
    'x-hubspot-signature-v3': sign(secret, `POST${url}${body}${at.getTime()}`, 'base64'),
  })),
  Intercom: shared((secret, _, body) => ({ 'x-hub-signature': `sha1=${sign(secret, body, 'hex', 'sha1')}` })),
  Typeform: shared((secret, _, body) => ({ 'typeform-signature': `sha256=${sign(secret, body, 'base64')}` })),
  Zendesk: shared((secret, at, body) => ({
    'x-zendesk-webhook-signature-timestamp': at.toISOString(),
    'x-zendesk-webhook-signature': sign(secret, `${at.toISOString()}${body}`, 'base64'),
  })),
  'Customer.io': shared((secret, at, body) => ({
    'x-cio-timestamp': seconds(at),
    'x-cio-signature': sign(secret, `v0:${seconds(at)}:${body}`),
  })),
  BambooHR: shared((secret, at, body) => ({
    'x-bamboohr-timestamp': seconds(at),
    'x-bamboohr-signature': sign(secret, `${body}${seconds(at)}`),
  })),
  Greenhouse: shared((secret, _, body) => ({ signature: `sha256 ${sign(secret, body)}` })),
  Deel: shared((secret, _, body) => ({ 'x-deel-signature': sign(secret, `POST${body}`) })),
  Thinkific: shared((secret, _, body) => ({ 'x-thinkific-hmac-sha256': sign(secret, body) })),
  DocuSign: shared((secret, _, body) => ({ 'x-docusign-signature-1': sign(secret, body, 'base64') })),
  WorkOS: shared((secret, at, body) => ({
    'workos-signature': `t=${at.getTime()}, v1=${sign(secret, `${at.getTime()}.${body}`)}`,
  })),
  GitHub: {
    newKey: () => {
      const secret = randomText();
      return {
        stored: secret,
        deliver: async () => delivery({ 'x-hub-signature-256': await signLikeGitHub(secret, plainBody) }),
      };
    },
  },
  Slack: shared((secret, at, body) => ({
    'x-slack-request-timestamp': seconds(at),
    'x-slack-signature': `v0=${sign(secret, `v0:${seconds(at)}:${body}`)}`,
  })),
  Zoom: shared((secret, at, body) => ({
    'x-zm-request-timestamp': seconds(at),
    'x-zm-signature': `v0=${sign(secret, `v0:${seconds(at)}:${body}`)}`,
  })),
  Meta: shared((secret, _, body) => ({ 'x-hub-signature-256': `sha256=${sign(secret, body)}` })),
  Twitch: shared((secret, at, body) => {
    const id = 'e76c6bd4-55c9-4987-8304-da1588d8988b';
    return {
      'twitch-eventsub-message-id': id,
      'twitch-eventsub-message-timestamp': at.toISOString(),
      'twitch-eventsub-message-signature': `sha256=${sign(secret, `${id}${at.toISOString()}${body}`)}`,
    };
  }),
  PagerDuty: shared((secret, _, body) => ({ 'x-pagerduty-signature': `v1=${sign(secret, body)}` })),
};
