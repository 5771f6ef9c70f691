/** Where a vendor’s own package verifies but does not sign: it accepts what the tests sign, and refuses what they change. */
import { EventWebhook } from '@sendgrid/eventwebhook';
import { verifyKey } from 'discord-interactions';
import { describe, expect, test } from 'vitest';
import { parties } from '../../../fakes/vendors/parties.ts';
import type { VendorKey } from '../../../fakes/vendors/party.ts';

const now = new Date('2026-11-20T09:30:00Z');

type Verify = (body: Buffer, headers: Record<string, string | undefined>, key: string) => boolean | Promise<boolean>;

const packages: Record<string, Verify> = {
  Discord: (body, headers, key) =>
    verifyKey(body, headers['x-signature-ed25519'] ?? '', headers['x-signature-timestamp'] ?? '', key),
  SendGrid(body, headers, key) {
    const webhook = new EventWebhook();
    const signature = headers['x-twilio-email-event-webhook-signature'] ?? '';
    const timestamp = headers['x-twilio-email-event-webhook-timestamp'] ?? '';
    return webhook.verifySignature(webhook.convertPublicKeyToECDSA(key), body, signature, timestamp);
  },
};

describe.each(Object.entries(packages))('%s', (name, verify) => {
  test('its package agrees with the tests', async () => {
    const key = (await parties[name]?.newKey()) as VendorKey;
    const { body, headers } = await key.deliver(now);
    expect(await verify(body, headers, String(key.public))).toBe(true);
    expect(await verify(Buffer.from(`${body} `), headers, String(key.public))).toBe(false);
  });
});
