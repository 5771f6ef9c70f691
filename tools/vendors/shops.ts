/** Vendors of shops. */
import type { Vendor } from './vendor.ts';

export const shops: readonly Vendor[] = [
  {
    name: 'Shopify',
    documentation: 'https://shopify.dev/docs/apps/build/webhooks/verify-deliveries',
    proof: { scheme: 'shopify' },
    covers: ['body'],
    holder: '`customer.email`, `contact_email`, `email`; each of them may be null',
    hasEmail: 'yes',
    event: 'id: `admin_graphql_api_id` with the header `x-shopify-topic`; time: `processed_at`, `updated_at`',
    oddities:
      'Sales at the counter have `customer: null`. Ids are longer than a number can hold: they arrive in rules as strings. The headers are not signed. Eight failures in a row remove the webhook.',
    checked: 'documentation',
  },
  {
    name: 'WooCommerce',
    documentation: 'https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks',
    proof: { scheme: 'woocommerce' },
    covers: ['body'],
    holder: '`billing.email`; empty for an order made by the shop’s staff',
    hasEmail: 'yes',
    event: 'id: `id` with the header `x-wc-webhook-topic`; time: `date_paid_gmt`, without a zone (UTC)',
    oddities:
      'The first delivery is a form, `webhook_id=…`. Five answers in a row other than 2xx disable the webhook. `date_paid` is in the shop’s own zone: use `date_paid_gmt`.',
    checked: 'documentation',
  },
  {
    name: 'BigCommerce',
    documentation: 'https://developer.bigcommerce.com/docs/integrations/webhooks/https-webhook-overview',
    proof: { scheme: 'standard-webhooks' },
    secret: 'the client secret in base64',
    covers: ['body', 'time', 'id'],
    holder: 'look-up by `data.id`',
    hasEmail: 'no',
    event: 'id: the header `webhook-id`; time: `created_at` (seconds)',
    oddities:
      'The event has only the id of the order. Below 90 % of successes within two minutes, the whole domain is blocked for three minutes.',
    checked: 'documentation',
  },
  {
    name: 'Adobe Commerce',
    documentation: 'https://developer.adobe.com/commerce/extensibility/webhooks/signature-verification/',
    proof: {
      scheme: 'public-key',
      algorithm: 'rsa-sha256',
      keys: ['the public key that Commerce shows under Stores, Configuration, Webhooks'],
      header: 'x-adobe-commerce-webhook-signature',
      encoding: 'base64',
      signed: '{body:base64}',
    },
    secret: 'none; `keys` has the public key in PEM that Commerce shows',
    covers: ['body'],
    holder: 'where you put it: the fields of a webhook are chosen in its configuration',
    hasEmail: 'sometimes',
    event: 'as chosen there',
    oddities: 'What is signed is the body in base64, not the body. Commerce waits for the answer.',
    checked: 'documentation',
  },
  {
    name: 'Gumroad',
    documentation: 'https://gumroad.com/ping',
    proof: { scheme: 'path-token' },
    secret: 'the SHA-256 of a token that you choose; the address you give Gumroad ends in the token',
    covers: [],
    holder: '`email`',
    hasEmail: 'yes',
    event: 'id: `sale_id`; time: `sale_timestamp`',
    oddities: 'A form, in which every value is a string (`price` is in cents).',
    checked: 'nothing',
  },
  {
    name: 'Wix',
    documentation:
      'https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks',
    proof: { none: 'The body is not JSON but a JWT, and the event is inside it.' },
    covers: [],
    holder: '–',
    hasEmail: 'no',
    event: '–',
    oddities:
      'Let a small function of your own verify the JWT and send the event to the [queue](queue.md#events-with-rules).',
    checked: 'nothing',
  },
];
