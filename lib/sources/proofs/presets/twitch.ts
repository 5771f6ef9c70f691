/**
 * Twitch EventSub. Its clock’s tolerance is ten minutes.
 * https://dev.twitch.tv/docs/eventsub/handling-webhook-events/
 */
import type { HmacSettings } from '../settings/proof.ts';

export const twitch: HmacSettings = {
  scheme: 'hmac',
  header: 'twitch-eventsub-message-signature',
  prefix: 'sha256=',
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { header: 'twitch-eventsub-message-timestamp', unit: 'iso', toleranceSeconds: 600 },
  id: { header: 'twitch-eventsub-message-id' },
  signed: '{id}{timestamp}{body}',
};
