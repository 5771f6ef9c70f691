/** Payment providers whose proof has a form of its own. */
import type { Vendor } from './vendor.ts';

export const paymentForms: readonly Vendor[] = [
  {
    name: 'Adyen',
    documentation: 'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
    proof: { scheme: 'adyen' },
    secret: 'the HMAC key in hexadecimal digits',
    covers: ['part of the body'],
    holder: 'look-up by `merchantReference`: `additionalData.shopperEmail` is not signed',
    hasEmail: 'sometimes',
    event: 'id: `pspReference` with `eventCode` and `success`; time: `eventDate`',
    oddities:
      'The signature is inside the body and covers eight members; everything else could be changed. The event is in `notificationItems[0].NotificationRequestItem`; `success` is a string.',
    checked: 'package',
  },
  {
    name: 'Braintree',
    documentation: 'https://developer.paypal.com/braintree/docs/guides/webhooks/parse',
    proof: { scheme: 'braintree' },
    secret: 'the SHA-1 of the private key, in hexadecimal digits',
    covers: ['part of the body'],
    holder: 'none: the event is XML',
    hasEmail: 'no',
    event: 'none that a rule can read',
    oddities:
      'A form with `bt_signature` and `bt_payload`, which is XML in base64. The proof fits, but rules cannot read XML: convert it before.',
    checked: 'package',
  },
  {
    name: 'Square',
    documentation: 'https://developer.squareup.com/docs/webhooks/step3validate',
    proof: { scheme: 'square' },
    covers: ['body', 'address'],
    holder: '`data.object.payment.buyer_email_address`, or a look-up by `data.object.payment.customer_id`',
    hasEmail: 'sometimes',
    event: 'id: `event_id`; time: `created_at`; sequence: `data.object.payment.version`',
    oddities:
      'Sales at the counter often have neither address nor customer. Behind a domain of your own, set `url` to the address that Square has.',
    checked: 'package',
  },
  {
    name: 'PayPal',
    documentation: 'https://developer.paypal.com/api/rest/webhooks/rest/',
    proof: {
      scheme: 'public-key',
      algorithm: 'rsa-sha256',
      keys: ['the public key of the certificate that the header paypal-cert-url names'],
      header: 'paypal-transmission-sig',
      encoding: 'base64',
      timestamp: { header: 'paypal-transmission-time', unit: 'iso' },
      id: { header: 'paypal-transmission-id' },
      signed: '{id}|{timestamp}|your-webhook-id|{body:crc32}',
    },
    secret: 'none; `keys` has the public key of PayPal’s certificate, and `signed` your webhook id',
    covers: ['checksum of the body', 'time', 'id'],
    holder: '`resource.payer.email_address`, `resource.subscriber.email_address`',
    hasEmail: 'sometimes',
    event: 'id: `id`; time: `create_time`',
    oddities:
      'A checksum (CRC-32) shows accidents, and no intent: another body with the same checksum is easily made. The certificate is named by a header that is not signed, and changes: compare it when events are refused.',
    checked: 'public code',
  },
];
