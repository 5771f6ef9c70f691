/**
 * Discord. The key is the application’s public key as Discord shows it.
 * https://discord.com/developers/docs/events/webhook-events
 */
import type { KeyPresetSettings } from './preset.ts';

export const discord: KeyPresetSettings = {
  scheme: 'public-key',
  algorithm: 'ed25519',
  header: 'x-signature-ed25519',
  encoding: 'hex',
  timestamp: { header: 'x-signature-timestamp' },
  signed: '{timestamp}{body}',
};
