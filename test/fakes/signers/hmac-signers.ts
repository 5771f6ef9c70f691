/** Senders whose signature, made with a shared secret, is in a header. */
import { createHash, randomBytes } from 'node:crypto';
import { mac, type Signer, seconds, secretSigner } from './signer.ts';

const stripeLike = (name: 'persona' | 'calendly', header: string): Signer =>
  secretSigner(name, { scheme: name }, true, (body, secret, at) => ({
    [header]: `t=${seconds(at)},v1=${mac(secret, `${seconds(at)}.${body}`)}`,
  }));

const url = 'https://api.example.com/v1/events/shop';
const messageId = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';

export const hmacSigners: readonly Signer[] = [
  stripeLike('persona', 'persona-signature'),
  secretSigner('persona (rotation)', { scheme: 'persona' }, true, (body, secret, at) => {
    const group = (key: string) => `t=${seconds(at)},v1=${mac(key, `${seconds(at)}.${body}`)}`;
    return { 'persona-signature': `${group('the secret before this one')} ${group(secret)}` };
  }),
  stripeLike('calendly', 'calendly-webhook-signature'),
  secretSigner('paddle', { scheme: 'paddle' }, true, (body, secret, at) => ({
    'paddle-signature': `ts=${seconds(at)};h1=${mac(secret, `${seconds(at)}:${body}`)}`,
  })),
  secretSigner('workos', { scheme: 'workos' }, true, (body, secret, at) => ({
    'workos-signature': `t=${at.getTime()}, v1=${mac(secret, `${at.getTime()}.${body}`)}`,
  })),
  secretSigner('slack', { scheme: 'slack' }, true, (body, secret, at) => ({
    'x-slack-request-timestamp': seconds(at),
    'x-slack-signature': `v0=${mac(secret, `v0:${seconds(at)}:${body}`)}`,
  })),
  secretSigner('zoom', { scheme: 'zoom' }, true, (body, secret, at) => ({
    'x-zm-request-timestamp': seconds(at),
    'x-zm-signature': `v0=${mac(secret, `v0:${seconds(at)}:${body}`)}`,
  })),
  secretSigner('twitch', { scheme: 'twitch' }, true, (body, secret, at) => {
    const time = at.toISOString().replace('Z', '634234Z');
    return {
      'twitch-eventsub-message-id': messageId,
      'twitch-eventsub-message-timestamp': time,
      'twitch-eventsub-message-signature': `sha256=${mac(secret, `${messageId}${time}${body}`)}`,
    };
  }),
  secretSigner('meta', { scheme: 'meta' }, false, (body, secret) => ({
    'x-hub-signature-256': `sha256=${mac(secret, body)}`,
  })),
  secretSigner('woocommerce', { scheme: 'woocommerce' }, false, (body, secret) => ({
    'x-wc-webhook-signature': mac(secret, body, 'base64'),
  })),
  secretSigner('hubspot', { scheme: 'hubspot' }, true, (body, secret, at) => ({
    'x-hubspot-request-timestamp': String(at.getTime()),
    'x-hubspot-signature-v3': mac(secret, `POST${url}${body}${at.getTime()}`, 'base64'),
  })),
  secretSigner('square', { scheme: 'square' }, false, (body, secret) => ({
    'x-square-hmacsha256-signature': mac(secret, `${url}${body}`, 'base64'),
  })),
  secretSigner(
    'square (address set)',
    { scheme: 'square', url: 'https://hooks.example.com/a' },
    false,
    (body, secret) => ({
      'x-square-hmacsha256-signature': mac(secret, `https://hooks.example.com/a${body}`, 'base64'),
    }),
  ),
  secretSigner(
    'hmac (sha384, base64url without padding, positions)',
    {
      scheme: 'hmac',
      header: 'x-signature',
      parts: { separator: '.', signature: 1 },
      timestamp: { part: 0, unit: 's' },
      algorithm: 'sha384',
      encoding: 'base64url',
      key: 'base64',
      signed: '{timestamp}|{body:sha256}',
    },
    true,
    (body, secret, at) => {
      const content = `${seconds(at)}|${createHash('sha256').update(body).digest('hex')}`;
      return { 'x-signature': `${seconds(at)}.${mac(Buffer.from(secret, 'base64'), content, 'base64url', 'sha384')}` };
    },
    () => randomBytes(32).toString('base64'),
  ),
  secretSigner(
    'hmac (sha512, several names)',
    {
      scheme: 'hmac',
      header: 'x-signature',
      parts: { separator: ',', signature: ['v1', 'v2'] },
      timestamp: { part: 't', unit: 's', toleranceSeconds: 30 },
      algorithm: 'sha512',
      encoding: 'base64',
      key: 'hex',
      signed: '{timestamp}.{body}',
    },
    true,
    (body, secret, at) => {
      const content = `${seconds(at)}.${body}`;
      const by = (key: Buffer) => mac(key, content, 'base64', 'sha512');
      return { 'x-signature': `t=${seconds(at)},v1=${by(randomBytes(32))},v2=${by(Buffer.from(secret, 'hex'))}` };
    },
    () => randomBytes(32).toString('hex'),
  ),
];
