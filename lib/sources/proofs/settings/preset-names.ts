/** The names of the presets; presets.ts has one file for each. */

/** Nothing else has to be set. */
export const plainPresets = [
  'standard-webhooks',
  'stripe',
  'github',
  'shopify',
  'sumsub',
  'onfido',
  'persona',
  'calendly',
  'paddle',
  'workos',
  'slack',
  'zoom',
  'twitch',
  'meta',
  'okta',
  'woocommerce',
  'xendit',
  'gitlab',
  'chargebee',
  'adyen',
  'braintree',
  'mailgun',
] as const;

/** The signature covers the endpoint's address. */
export const addressedPresets = ['hubspot', 'square', 'twilio'] as const;

/** The sender's public keys have to be set. */
export const keyPresets = ['standard-webhooks-v1a', 'sendgrid', 'discord'] as const;

export type PlainPreset = (typeof plainPresets)[number];
export type AddressedPreset = (typeof addressedPresets)[number];
export type KeyPreset = (typeof keyPresets)[number];
