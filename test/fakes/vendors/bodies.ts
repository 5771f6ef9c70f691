/** Vendors whose signature is inside the body, or whose body is a form. */
import { createHash, randomBytes } from 'node:crypto';
import braintree from 'braintree';
import { delivery, endpoint, type Party, randomText, seconds, sign } from './party.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Eight members of the notification, in Adyen's order. */
function adyenNotification(key: Buffer): string {
  const item = {
    pspReference: '7914073381342284',
    merchantAccountCode: 'ExampleShop',
    merchantReference: 'order-4711',
    amount: { value: 1130, currency: 'EUR' },
    eventCode: 'AUTHORISATION',
    success: 'true',
  };
  const { pspReference, merchantAccountCode, merchantReference, amount, eventCode, success } = item;
  const members = [pspReference, '', merchantAccountCode, merchantReference, amount.value, amount.currency];
  const hmacSignature = sign(key, [...members, eventCode, success].join(':'), 'base64');
  const additionalData = { shopperEmail: 'mary@example.com', tier: 'Gold', hmacSignature };
  return JSON.stringify({
    live: 'false',
    notificationItems: [{ NotificationRequestItem: { ...item, additionalData } }],
  });
}

function mailgunEvent(key: string, at: Date): string {
  const [timestamp, random] = [seconds(at), 'ee8a5f6bf3da4d5ba3ff71fb2a4f7a3d'];
  const signature = { timestamp, token: random, signature: sign(key, `${timestamp}${random}`) };
  return JSON.stringify({
    signature,
    'event-data': { recipient: 'mary@example.com', 'user-variables': { tier: 'Gold' } },
  });
}

export const bodies: Record<string, Party> = {
  Adyen: {
    signedPart: 'order-4711',
    newKey: () => {
      const key = randomBytes(32);
      return {
        stored: key.toString('hex').toUpperCase(),
        deliver: () => delivery({}, { body: adyenNotification(key) }),
      };
    },
  },
  Braintree: {
    signedPart: 'bt_payload=',
    newKey: () => {
      const [merchantId, publicKey, privateKey] = ['merchant', 'public', randomText()];
      const gateway = new braintree.BraintreeGateway({
        environment: braintree.Environment.Sandbox,
        merchantId,
        publicKey,
        privateKey,
      });
      return {
        stored: createHash('sha1').update(privateKey).digest('hex'),
        deliver: async () => {
          const sample = await gateway.webhookTesting.sampleNotification('subscription_went_active', 'sub_4711');
          return delivery(form, { body: `${new URLSearchParams({ ...sample })}&tier=Gold` });
        },
      };
    },
  },
  Mailgun: {
    newKey: () => {
      const key = randomText();
      return { stored: key, deliver: (at) => delivery({}, { body: mailgunEvent(key, at) }) };
    },
  },
  Twilio: {
    newKey: () => {
      const key = randomText();
      const fields = { Body: 'Gold', From: '+15005550006', MessageSid: 'SM4711', To: '+15005550009' };
      const signed = `${endpoint}${Object.entries(fields).flat().join('')}`;
      const headers = { ...form, 'x-twilio-signature': sign(key, signed, 'base64', 'sha1') };
      return { stored: key, deliver: () => delivery(headers, { body: new URLSearchParams(fields).toString() }) };
    },
  },
};
