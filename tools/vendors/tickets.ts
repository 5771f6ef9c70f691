/** Vendors of tickets and bookings. */
import type { Vendor } from './vendor.ts';

export const tickets: readonly Vendor[] = [
  {
    name: 'Eventbrite',
    documentation: 'https://www.eventbrite.com/platform/docs/webhooks',
    proof: { scheme: 'path-token' },
    secret: 'the SHA-256 of a token that you choose; the address you give Eventbrite ends in the token',
    covers: [],
    holder: 'look-up by `api_url`',
    hasEmail: 'no',
    event: 'id: none; time: none, so that a rule cannot map it',
    oddities:
      'The event is only a hint: it has the address of what changed, and the look-up reads it. Never call `api_url` itself: it is not signed.',
    checked: 'nothing',
  },
  {
    name: 'pretix',
    documentation: 'https://docs.pretix.eu/dev/api/webhooks.html',
    proof: { scheme: 'basic' },
    secret:
      'the SHA-256 of `user:password`, which you choose; the address you give pretix is `https://user:password@…`',
    covers: [],
    holder: 'look-up by `organizer`, `event` and `code`',
    hasEmail: 'no',
    event: 'id: `notification_id`; time: none, so that a rule cannot map it',
    oddities:
      'pretix sends codes only, and says that they are not to be trusted without a look-up. An answer of 410 switches the webhook off.',
    checked: 'documentation',
  },
  {
    name: 'Tito',
    documentation: 'https://help.tito.io/en/articles/2011381-webhooks',
    proof: { scheme: 'hmac', header: 'tito-signature', algorithm: 'sha256', encoding: 'base64' },
    secret: 'the security token of the webhook endpoint',
    covers: ['body'],
    holder: '`email`, or else `registration.email`',
    hasEmail: 'yes',
    event: 'id: `reference` with the event name in the header `x-webhook-name`; time: `updated_at`',
    oddities:
      'A ticket that is not assigned yet has no `email`. The event name is in the header, not in the body, and the signature does not cover it.',
    checked: 'public code',
  },
  {
    name: 'Ticket Tailor',
    documentation: 'https://developers.tickettailor.com/docs/webhook/security',
    proof: {
      scheme: 'hmac',
      header: 'tickettailor-webhook-signature',
      parts: { separator: ',', signature: 'v1' },
      algorithm: 'sha256',
      encoding: 'hex',
      timestamp: { part: 't' },
      signed: '{timestamp}{body}',
    },
    secret: 'the shared secret of the webhooks page',
    covers: ['body', 'time'],
    holder: '`payload.email` of an issued ticket; `payload.buyer_details.email` of an order',
    hasEmail: 'yes',
    event: 'id: `id`; time: `created_at`',
    oddities: 'Looks like Stripe’s header, but nothing stands between time and body in what is signed.',
    checked: 'documentation',
  },
  {
    name: 'Calendly',
    documentation: 'https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures',
    proof: { scheme: 'calendly' },
    covers: ['body', 'time'],
    holder: '`payload.email`',
    hasEmail: 'yes',
    event: 'id: `payload.uri` with `event`; time: `created_at`',
    oddities: 'A rescheduled booking is a cancellation (`payload.rescheduled` is true) and a new booking.',
    checked: 'documentation',
  },
  {
    name: 'Cal.com',
    documentation: 'https://cal.com/docs/developing/guides/automation/webhooks',
    proof: { scheme: 'hmac', header: 'x-cal-signature-256', algorithm: 'sha256', encoding: 'hex' },
    covers: ['body'],
    holder: '`payload.attendees.email`: a list if there are guests',
    hasEmail: 'yes',
    event: 'id: `payload.uid` with `triggerEvent`; time: `createdAt`',
    oddities:
      'The payload can be replaced by a template of your own. Guests are in the same list as the booker, who comes first.',
    checked: 'documentation',
  },
];
