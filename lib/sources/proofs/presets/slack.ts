/**
 * Slack.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
import type { HmacSettings } from '../settings/proof.ts';

export const slack: HmacSettings = {
  scheme: 'hmac',
  header: 'x-slack-signature',
  prefix: 'v0=',
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { header: 'x-slack-request-timestamp' },
  id: { body: 'event_id' },
  signed: 'v0:{timestamp}:{body}',
};
