/**
 * Persona. During a rotation the header has two groups, each with its own time.
 * https://docs.withpersona.com/webhooks-best-practices
 */
import type { HmacSettings } from '../settings/proof.ts';

export const persona: HmacSettings = {
  scheme: 'hmac',
  header: 'persona-signature',
  parts: { separator: ',', groups: ' ', signature: 'v1' },
  algorithm: 'sha256',
  encoding: 'hex',
  timestamp: { part: 't' },
  signed: '{timestamp}.{body}',
};
