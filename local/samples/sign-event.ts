/** Signs events like the sender of each scheme. */
import { createHash, createHmac } from 'node:crypto';
import type { ProofSettings } from '../../lib/sources/proofs/schemes.ts';

/** The stored form of a secret: the secret itself, or the hash of a token. */
export function keptForm(proof: ProofSettings | undefined, secret: string): string {
  return proof?.scheme === 'bearer' ? createHash('sha256').update(secret).digest('hex') : secret;
}

/** The headers that prove an event sent now; `id` is the id of the message, if the scheme signs one. */
export function signEvent(proof: ProofSettings, secret: string, body: string, id: string): Record<string, string> {
  const seconds = String(Math.floor(Date.now() / 1000));
  const mac = (content: string, encoding: 'hex' | 'base64', key: string | Buffer = secret) =>
    createHmac('sha256', key).update(content).digest(encoding);
  switch (proof.scheme) {
    case 'standard-webhooks': {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const signature = `v1,${mac(`${id}.${seconds}.${body}`, 'base64', key)}`;
      return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signature };
    }
    case 'stripe':
      return { 'stripe-signature': `t=${seconds},v1=${mac(`${seconds}.${body}`, 'hex')}` };
    case 'github':
      return { 'x-hub-signature-256': `sha256=${mac(body, 'hex')}` };
    case 'shopify':
      return { 'x-shopify-hmac-sha256': mac(body, 'base64') };
    case 'sumsub':
      return { 'x-payload-digest': mac(body, 'hex') };
    case 'onfido':
      return { 'x-sha2-signature': mac(body, 'hex') };
    case 'bearer':
      return { authorization: `Bearer ${secret}` };
    default:
      throw new Error('The samples sign only with named schemes');
  }
}
