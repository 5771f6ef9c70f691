/** The HMAC settings of well-known senders, each from the sender's own documentation. */
import type { HmacSettings } from './hmac.ts';

/** By scheme name. None of them signs a time or an id, so a repeated event is recognized by its body. */
export const presets = {
  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
  github: {
    scheme: 'hmac',
    header: 'x-hub-signature-256',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    signed: '{body}',
  },
  // https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
  shopify: {
    scheme: 'hmac',
    header: 'x-shopify-hmac-sha256',
    algorithm: 'sha256',
    encoding: 'base64',
    signed: '{body}',
  },
  // https://docs.sumsub.com/docs/webhook-manager, with HMAC_SHA256_HEX selected there: a header that names another
  // algorithm (x-payload-digest-alg) is ignored.
  sumsub: { scheme: 'hmac', header: 'x-payload-digest', algorithm: 'sha256', encoding: 'hex', signed: '{body}' },
  // https://documentation.identity.entrust.com/api/manual-webhook-signature-verification/
  onfido: { scheme: 'hmac', header: 'x-sha2-signature', algorithm: 'sha256', encoding: 'hex', signed: '{body}' },
} as const satisfies Record<string, HmacSettings>;
