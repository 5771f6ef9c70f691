/** Vendors that sign with a private key of their own, or with the scheme of Standard Webhooks. */
import { createHash, createSign, generateKeyPairSync, randomBytes, sign as signWith } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { delivery, type Party, plainBody, randomText, seconds, type VendorKey } from './party.ts';

const messageId = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';
const bodyHash = (encoding: 'hex' | 'base64') => createHash('sha256').update(plainBody).digest(encoding);

function rsa(headersFor: (signature: (text: string) => string, at: Date) => Record<string, string>): Party {
  return {
    newKey: () => {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const signature = (text: string) => createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
      return {
        public: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        deliver: (at) => delivery(headersFor(signature, at)),
      };
    },
  };
}

function jwt(
  algorithm: string,
  claimsAt: (issuedAt: number) => JWTPayload,
  headersOf: (token: string) => Record<string, string>,
): Party {
  return {
    newKey: async (): Promise<VendorKey> => {
      const kid = randomText();
      const { publicKey, privateKey } = await generateKeyPair(algorithm);
      const signed = (at: Date) =>
        new SignJWT(claimsAt(Number(seconds(at)))).setProtectedHeader({ alg: algorithm, kid }).sign(privateKey);
      return {
        public: { ...(await exportJWK(publicKey)), kid, alg: algorithm },
        deliver: async (at) => delivery(headersOf(await signed(at))),
      };
    },
  };
}

export const publicKeys: Record<string, Party> = {
  Plaid: jwt(
    'ES256',
    (iat) => ({ iat, request_body_sha256: bodyHash('hex') }),
    (token) => ({ 'plaid-verification': token }),
  ),
  FusionAuth: jwt(
    'RS256',
    () => ({ request_body_sha256: bodyHash('base64') }),
    (token) => ({ 'x-fusionauth-signature-jwt': token }),
  ),
  'Google Pub/Sub': jwt(
    'RS256',
    (iat) => ({
      iat,
      exp: iat + 3600,
      iss: 'https://accounts.google.com',
      aud: 'the audience of the subscription',
      email: 'push@project.iam.gserviceaccount.com',
      email_verified: true,
    }),
    (token) => ({ authorization: `Bearer ${token}` }),
  ),
  PayPal: rsa((signature, at) => ({
    'paypal-transmission-id': messageId,
    'paypal-transmission-time': at.toISOString(),
    'paypal-transmission-sig': signature(`${messageId}|${at.toISOString()}|your-webhook-id|${crc32(plainBody)}`),
  })),
  'Adobe Commerce': rsa((signature) => ({
    'x-adobe-commerce-webhook-signature': signature(Buffer.from(plainBody).toString('base64')),
  })),
  Discord: {
    newKey: () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      return {
        // The last 32 bytes of the SPKI form are the key.
        public: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex'),
        deliver: (at) =>
          delivery({
            'x-signature-timestamp': seconds(at),
            'x-signature-ed25519': signWith(null, Buffer.from(`${seconds(at)}${plainBody}`), privateKey).toString(
              'hex',
            ),
          }),
      };
    },
  },
  SendGrid: {
    newKey: () => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
      const signature = (text: string) => createSign('SHA256').update(text).sign(privateKey, 'base64');
      return {
        public: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
        deliver: (at) =>
          delivery({
            'x-twilio-email-event-webhook-timestamp': seconds(at),
            'x-twilio-email-event-webhook-signature': signature(`${seconds(at)}${plainBody}`),
          }),
      };
    },
  },
  Clerk: {
    newKey: () => {
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      return {
        stored: secret,
        deliver: (at, { body = plainBody } = {}) =>
          delivery(
            {
              'svix-id': messageId,
              'svix-timestamp': seconds(at),
              'svix-signature': new SvixWebhook(secret).sign(messageId, at, body),
            },
            { body },
          ),
      };
    },
  },
  BigCommerce: {
    newKey: () => {
      const stored = Buffer.from(randomText()).toString('base64');
      return {
        stored,
        deliver: (at) =>
          delivery({
            'webhook-id': messageId,
            'webhook-timestamp': seconds(at),
            'webhook-signature': new Webhook(stored).sign(messageId, at, plainBody),
          }),
      };
    },
  },
};
