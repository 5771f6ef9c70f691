/** Senders whose signature is in the body, or covers single fields of it. */
import { createHash, randomBytes } from 'node:crypto';
import type { Delivery } from '../../../lib/sources/proofs/proof.ts';
import { jsonDelivery, mac, type Signer, seconds, signer, textSecret } from './signer.ts';

const hexSecret = () => randomBytes(32).toString('hex');

const formDelivery = (fields: Record<string, string>, headers: Record<string, string> = {}): Delivery => ({
  ...jsonDelivery({}, { ...headers, 'content-type': 'application/x-www-form-urlencoded' }),
  body: Buffer.from(new URLSearchParams(fields).toString()),
});

/** Fields as texts. */
const texts = (event: object) =>
  Object.fromEntries(
    Object.entries(event).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

export const bodySigners: readonly Signer[] = [
  signer<string>({
    name: 'adyen',
    scheme: 'adyen',
    timed: false,
    covers: 'part',
    newKey: hexSecret,
    receiver: (secrets) => ({ proof: { scheme: 'adyen' }, secrets: [...secrets] }),
    send(event, secret) {
      const item = {
        pspReference: '7914073381342284',
        merchantAccountCode: 'ShopCOM',
        merchantReference: 'Gold',
        amount: { value: 1130, currency: 'EUR' },
        eventCode: 'AUTHORISATION',
        success: 'true',
      };
      const content = `${item.pspReference}::ShopCOM:Gold:1130:EUR:AUTHORISATION:true`;
      const hmacSignature = mac(Buffer.from(secret, 'hex'), content, 'base64');
      const NotificationRequestItem = { ...item, originalReference: null, additionalData: { hmacSignature } };
      return jsonDelivery({ live: 'false', notificationItems: [{ NotificationRequestItem }], ...event }, {});
    },
  }),
  signer<string>({
    name: 'mailgun',
    scheme: 'mailgun',
    timed: true,
    covers: 'nothing',
    newKey: textSecret,
    receiver: (secrets) => ({ proof: { scheme: 'mailgun' }, secrets: [...secrets] }),
    send(event, secret, at) {
      const token = randomBytes(25).toString('hex');
      const signature = { timestamp: seconds(at), token, signature: mac(secret, `${seconds(at)}${token}`) };
      return jsonDelivery({ signature, ...event }, {});
    },
  }),
  signer<string>({
    name: 'braintree',
    scheme: 'braintree',
    timed: false,
    covers: 'part',
    newKey: textSecret,
    receiver: (keys) => ({
      proof: { scheme: 'braintree' },
      secrets: keys.map((key) => createHash('sha1').update(key).digest('hex')),
    }),
    send(event, privateKey) {
      const payload = Buffer.from(JSON.stringify(event)).toString('base64');
      const signature = mac(createHash('sha1').update(privateKey).digest(), payload, 'hex', 'sha1');
      return formDelivery({ bt_signature: `other|${'0'.repeat(40)}&public|${signature}`, bt_payload: payload });
    },
  }),
  signer<string>({
    name: 'twilio',
    scheme: 'twilio',
    timed: false,
    // The fields without what separates them.
    covers: 'part',
    newKey: textSecret,
    receiver: (secrets) => ({ proof: { scheme: 'twilio' }, secrets: [...secrets] }),
    send(event, secret) {
      const fields = texts(event);
      const names = Object.keys(fields).sort();
      const content = `https://api.example.com/v1/events/shop${names.map((name) => name + fields[name]).join('')}`;
      return formDelivery(fields, { 'x-twilio-signature': mac(secret, content, 'base64', 'sha1') });
    },
  }),
];
