/**
 * Adyen’s standard notifications, one per delivery. The signature covers eight members of it; the key is in hexadecimal
 * digits. Members that are missing or null are signed as empty.
 * https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
 */
import type { HmacSettings } from '../settings/proof.ts';

const signedMembers = [
  ...['pspReference', 'originalReference', 'merchantAccountCode', 'merchantReference'],
  ...['amount.value', 'amount.currency', 'eventCode', 'success'],
];
const texts = signedMembers.map((member) => `$text(${member})`).join(' & ":" & ');

export const adyen: HmacSettings = {
  scheme: 'hmac',
  signature:
    '$count(notificationItems) = 1 ? notificationItems[0].NotificationRequestItem.additionalData.hmacSignature',
  algorithm: 'sha256',
  encoding: 'base64',
  key: 'hex',
  content: `notificationItems[0].NotificationRequestItem.($text := function($value) { $value = null ? "" : $string($value) }; ${texts})`,
  signed: '{content}',
};
