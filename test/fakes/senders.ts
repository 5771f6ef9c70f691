/** Systems that send webhooks, signing with their own packages where there are any. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { sign as signLikeGitHub } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import type { ProofSettings } from '../../lib/sources/proofs/settings/proof.ts';

type Headers = Record<string, string>;

export interface Sender {
  scheme: string;
  proof: ProofSettings;
  /** Header that carries the proof. */
  header: string;
  timestamped: boolean;
  /** Made for each test. */
  newSecret(): string;
  /** What the back end keeps of a secret. */
  kept(secret: string): string;
  sign(body: string, secret: string, at: Date): Promise<Headers> | Headers;
  /** Two proofs in one header, where the scheme knows that. */
  join?(one: string, other: string): string;
  /** The header with its version replaced by one nobody knows. */
  unknownVersion(header: string): string;
}

const random = () => randomBytes(24).toString('base64url');
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
const asItIs = { newSecret: random, kept: (secret: string) => secret };
const whsec = { newSecret: () => `whsec_${randomBytes(32).toString('base64')}`, kept: (secret: string) => secret };
const messageId = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';
const stripe = new Stripe('sk_test_unused');

function signed(
  scheme: 'shopify' | 'sumsub' | 'onfido',
  header: string,
  encoding: 'hex' | 'base64',
  algorithm = 'sha256',
): Sender {
  return {
    scheme,
    proof: { scheme },
    header,
    timestamped: false,
    ...asItIs,
    sign: (body, secret) => ({ [header]: createHmac(algorithm, secret).update(body).digest(encoding) }),
    join: (one, other) => `${one},${other}`,
    unknownVersion: (value) => `v9=${value}`,
  };
}

export const senders: readonly Sender[] = [
  {
    scheme: 'standard-webhooks',
    proof: { scheme: 'standard-webhooks' },
    header: 'webhook-signature',
    timestamped: true,
    ...whsec,
    sign: (body, secret, at) => ({
      'webhook-id': messageId,
      'webhook-timestamp': String(seconds(at)),
      'webhook-signature': new Webhook(secret).sign(messageId, at, body),
    }),
    join: (one, other) => `${one} ${other}`,
    unknownVersion: (value) => value.replace('v1,', 'v9,'),
  },
  {
    scheme: 'standard-webhooks (Svix)',
    proof: { scheme: 'standard-webhooks' },
    header: 'svix-signature',
    timestamped: true,
    ...whsec,
    sign: (body, secret, at) => ({
      'svix-id': messageId,
      'svix-timestamp': String(seconds(at)),
      'svix-signature': new SvixWebhook(secret).sign(messageId, at, body),
    }),
    join: (one, other) => `${one} ${other}`,
    unknownVersion: (value) => value.replace('v1,', 'v9,'),
  },
  {
    scheme: 'stripe',
    proof: { scheme: 'stripe' },
    header: 'stripe-signature',
    timestamped: true,
    ...asItIs,
    sign: (body, secret, at) => ({
      'stripe-signature': stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: seconds(at) }),
    }),
    join: (one, other) => `${one},${other.slice(other.indexOf('v1='))}`,
    unknownVersion: (value) => value.replace('v1=', 'v9='),
  },
  {
    scheme: 'github',
    proof: { scheme: 'github' },
    header: 'x-hub-signature-256',
    timestamped: false,
    ...asItIs,
    sign: async (body, secret) => ({ 'x-hub-signature-256': await signLikeGitHub(secret, body) }),
    join: (one, other) => `${one},${other}`,
    unknownVersion: (value) => value.replace('sha256=', 'sha9='),
  },
  signed('shopify', 'x-shopify-hmac-sha256', 'base64'),
  signed('sumsub', 'x-payload-digest', 'hex'),
  signed('onfido', 'x-sha2-signature', 'hex'),
  {
    scheme: 'hmac (sha512, time, id)',
    proof: {
      scheme: 'hmac',
      header: 'x-signature',
      algorithm: 'sha512',
      encoding: 'hex',
      prefix: 'v0=',
      timestamp: { header: 'x-sent-at', unit: 'ms' },
      id: { header: 'x-message-id' },
      signed: 'v0:{id}:{timestamp}:{body}',
    },
    header: 'x-signature',
    timestamped: true,
    ...asItIs,
    sign: (body, secret, at) => {
      const content = `v0:${messageId}:${at.getTime()}:${body}`;
      const signature = createHmac('sha512', secret).update(content).digest('hex');
      return { 'x-message-id': messageId, 'x-sent-at': String(at.getTime()), 'x-signature': `v0=${signature}` };
    },
    join: (one, other) => `${one},${other}`,
    unknownVersion: (value) => value.replace('v0=', 'v9='),
  },
  {
    scheme: 'bearer',
    proof: { scheme: 'bearer' },
    header: 'authorization',
    timestamped: false,
    newSecret: random,
    kept: (secret) => createHash('sha256').update(secret).digest('hex'),
    sign: (_body, secret) => ({ authorization: `Bearer ${secret}` }),
    unknownVersion: (value) => value.replace('Bearer', 'Basic'),
  },
];

/** The sender of a scheme. */
export function senderOf(scheme: string): Sender {
  const found = senders.find((sender) => sender.scheme === scheme);
  if (found === undefined) throw new Error(`There is no sender ${scheme}`);
  return found;
}
