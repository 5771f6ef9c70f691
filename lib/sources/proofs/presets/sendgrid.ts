/**
 * SendGrid’s signed event webhook. The key is the verification key as SendGrid shows it.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
import type { KeyPresetSettings } from './preset.ts';

export const sendgrid: KeyPresetSettings = {
  scheme: 'public-key',
  algorithm: 'ecdsa-sha256',
  header: 'x-twilio-email-event-webhook-signature',
  encoding: 'base64',
  timestamp: { header: 'x-twilio-email-event-webhook-timestamp' },
  signed: '{timestamp}{body}',
};
