/** The first draft of a rule: what is guessed from events of different senders, and what is left open. */
import { describe, expect, test } from 'vitest';
import { parseEnvironment } from '../../../../lib/config/load-environment.ts';
import { planSource, type SourceWish } from '../../../../tools/source/add-source.ts';
import { configured, local, wishFor } from './configured.ts';

async function drafted(example: string, program: string, scheme: string, rule: Partial<SourceWish['rule']> = {}) {
  const { directory, file } = configured();
  const planned = await planSource(local, directory, wishFor(example, program, scheme, rule));
  // What is planned is a configuration that can be deployed.
  expect(parseEnvironment(planned.changed.text, file).sources['new-one']?.rules).toEqual([planned.draft.rule]);
  const open = planned.draft.open.filter(({ required }) => required).map(({ part }) => part);
  return { rule: planned.draft.rule, open, trial: planned.trial };
}

test('type, holder, time and all claims of a nested event', async () => {
  const { rule, open, trial } = await drafted('payments/invoice-paid', 'subscriber-tier', 'stripe');
  expect(rule).toMatchObject({
    name: 'invoice-paid',
    when: "type = 'invoice.paid'",
    program: "'subscriber-tier'",
    holder: 'data.object.customer_email',
  });
  expect(rule.claims).toContain("'plan': data.object.lines.data[0].metadata.plan");
  // The proof covers the id of the event.
  expect(rule.idempotencyKey).toBeUndefined();
  expect(open).toEqual([]);
  expect(trial).toMatchObject({
    outcome: 'accepted',
    holder: 'mary@example.com',
    occurredAt: '2026-11-20T09:05:00.000Z',
    idempotencyKey: 'evt_1PX4cXB7WZ01zgkWw4R9aYzB',
    claims: { plan: 'plus', billingCycleEnd: '2026-12-20' },
  });
});

test('an id of a thing is two words of a claim; the envelope has the type', async () => {
  const check = await drafted('ticketing/ticket-checked-in', 'venue-attendance', 'standard-webhooks');
  expect(check.rule.claims).toContain("'eventId': data.event.id");
  expect(check.trial.outcome).toBe('accepted');
  const wallet = await drafted('business-wallets/wallet-created', 'company-data', 'bearer');
  expect(wallet.rule).toMatchObject({ when: "$event.type = 'wallet.created'", holder: 'externalKey' });
  // The envelope has the time and the id.
  expect([wallet.rule.occurredAt, wallet.rule.idempotencyKey]).toEqual([undefined, undefined]);
  expect(wallet.open).toContain('claims.issuing_authority');
});

test('the new value, not the old one; the type in a header', async () => {
  const tier = await drafted('loyalty-system/tier-changed', 'loyalty-tier', 'github');
  expect(tier.rule.claims).toContain("'tier': tier.to");
  expect(tier.trial).toMatchObject({ outcome: 'accepted', claims: { tier: 'Gold' } });
  const order = await drafted('shop/orders-paid', 'loyalty-tier', 'shopify');
  expect(order.rule).toMatchObject({ name: 'orders-paid', when: "$headers.`x-shopify-topic` = 'orders/paid'" });
  expect(order.open).toEqual(['claims.tier', 'claims.points']);
});

test('a required claim that is not in the event is left open, and the event would be refused', async () => {
  const { open, trial } = await drafted('kyc-vendor/applicant-reviewed', 'kyc', 'sumsub');
  expect(open).toEqual(['claims.kycVerified', 'claims.kycLevel']);
  expect(trial).toMatchObject({ outcome: 'refused', code: 'claims-invalid' });
});

test('what a person says is taken as it is', async () => {
  const claims = { kycVerified: "reviewResult.reviewAnswer = 'GREEN'", kycLevel: "'basic'" };
  const wish = { rule: 'passed', when: "reviewStatus = 'completed'", claims };
  const { rule, open, trial } = await drafted('kyc-vendor/applicant-reviewed', 'kyc', 'sumsub', wish);
  expect(rule).toMatchObject({ name: 'passed', when: "reviewStatus = 'completed'" });
  expect([open, trial.outcome]).toEqual([[], 'accepted']);
});

describe('events as other senders write them', () => {
  const draft = async (event: unknown, program = 'loyalty-tier') => {
    const wish = wishFor('payments/invoice-paid', program, 'github');
    const body = Buffer.from(JSON.stringify(event));
    const { draft: made, trial } = await planSource(local, configured().directory, {
      ...wish,
      event: { body, headers: {} },
    });
    return { ...made, trial };
  };

  test('hyphens, quotes and reserved words in names; numbers in strings; the id of the event', async () => {
    const { rule, trial } = await draft({
      event_id: 'e-1',
      'event-time': 'ignored',
      event: "it's new",
      'created-at': '2026-11-20 09:30:19',
      data: { 'e-mail': 'ada@example.com', points: '5400', tier: 'Gold', in: { since: 1795167019000 } },
      support_email: 'help@example.com',
    });
    expect(rule).toMatchObject({ holder: 'data.`e-mail`', idempotencyKey: 'event_id' });
    expect(rule.claims).toContain("'points': $number(data.points)");
    expect(rule.claims).toContain('$substring($');
    expect(trial).toMatchObject({
      outcome: 'accepted',
      holder: 'ada@example.com',
      idempotencyKey: 'e-1',
      claims: { points: 5400, tier: 'Gold', memberSince: '2026-11-20' },
    });
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['only nulls and lists', { a: null, b: [], c: [[]], d: [null] }],
    ['strange names', { '`': 1, '': 2, "'": 3, '\n': 'x@example.com', constructor_: 4 }],
    ['a type that is a long string', { type: 'x'.repeat(500), event: "a' or true or 'a" }],
  ])('%s: still a configuration that can be deployed', async (_, event) => {
    const { rule, open } = await draft(event);
    expect(rule.name).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
    expect(open.map(({ part }) => part)).toContain('claims.tier');
  });
});
