/**
 * Chargebee: basic authentication.
 * https://www.chargebee.com/docs/billing/2.0/site-configuration/webhook_settings
 */
export const chargebee = { scheme: 'basic' } as const;
