/** Received events: field by field, and again with each usable configuration. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigurationError, loadEnvironment } from '../../../../lib/config/load-environment.ts';
import type { RuleSettings } from '../../../../lib/sources/settings.ts';
import type { Delivery } from '../../../../local/deliveries/delivery.ts';
import { type Configured, listening } from '../../../../tools/listen/listening.ts';
import { terminalView } from '../../../../tools/listen/terminal-view.ts';

const environment = loadEnvironment('local');
const payments = environment.sources['payments'] ?? expect.unreachable();

function delivery(body: Buffer | string): Delivery {
  const rest = { id: '1', at: '2026-11-27T12:00:00Z', source: 'payments', by: 'webhook', headers: {} } as const;
  return { ...rest, body: Buffer.from(body).toString('base64'), answer: { status: 202, body: '{}' } };
}

const invoice = readFileSync('config/examples/payments/invoice-paid.json');
const customer = readFileSync('config/examples/payments/customer-updated.json');

function withRules(rules: RuleSettings[]): Configured {
  return { environment, settings: { ...payments, rules } };
}

/** Listens and gives what was printed. */
function started(first = withRules(payments.rules)) {
  const lines: string[] = [];
  const load = { now: () => first };
  const view = terminalView('config/local.json', (line) => void lines.push(line));
  const events = listening('payments', () => load.now(), view);
  return { events, load, printed: () => lines.splice(0).join('\n') };
}

test('each event shows which rule applies, and the value of each expression', async () => {
  const { events, printed } = started();
  await events.hear(delivery(invoice));
  const text = printed();
  expect(text).toMatch(/^\n1 {2}\d\d:\d\d:\d\d {2}webhook of payments, answered 202\n/);
  for (const line of [
    '  rule purchase (when: false)',
    '  rule subscription-renewed applies (when: true)',
    '    program         subscriber-tier',
    '    holder          mary@example.com',
    '    occurredAt      2026-11-20T09:05:00.000Z',
    '    idempotencyKey  evt_1PX4cXB7WZ01zgkWw4R9aYzB   (default)',
    '  Accepted by the rule subscription-renewed; the claims match the schema of the program subscriber-tier.',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text.replaceAll(/\s+/g, ' ')).toContain('claims { "plan": "plus", "billingCycleEnd": "2026-12-20" }');
});

test('a changed rule is applied to all events again; those with another result are shown', async () => {
  const { events, load, printed } = started();
  await events.hear(delivery(invoice));
  await events.hear(delivery(customer));
  printed();
  const renewed = payments.rules[1] ?? expect.unreachable();
  load.now = () => withRules([{ ...renewed, claims: "{ 'plan': 'platinum' }" }]);
  await events.changed();
  const text = printed();
  expect(text).toMatch(/config\/local\.json was saved at \d\d:\d\d:\d\d; 2 events again:/);
  expect(text).toMatch(/1 {2}.*: refused with claims-invalid, changed\n/);
  expect(text).toContain('/plan');
  // The rules that were asked are others, and the result is shown with them.
  expect(text).toMatch(/2 {2}.*: ignored, changed\n/);
  await events.changed();
  expect(printed()).not.toMatch(/changed|plan/);
});

test('a configuration that cannot be used is reported, and the next one that can is used', async () => {
  const { events, load, printed } = started();
  await events.hear(delivery(customer));
  printed();
  load.now = () => {
    throw new ConfigurationError('config/local.json: sources.payments.rules.0.when: has no end');
  };
  await events.changed();
  expect(printed()).toContain('rules.0.when: has no end\nThe events were not run again.');
  load.now = () =>
    withRules([{ name: 'all', program: "'loyalty-tier'", holder: 'data.object.email', claims: 'nothing' }]);
  await events.changed();
  const text = printed();
  expect(text).toContain('refused with rule-failed, changed');
  expect(text).toContain('  rule all applies (has no when)');
  expect(text).toContain('    claims          finds nothing');
  expect(text).toContain('  The body has id, object, api_version, created');
  expect(text).toContain('    holder          mary@example.com');
});

test.each<[string, string, string]>([
  ['not JSON', '<xml/>', 'Refused with request-not-json'],
  ['not an object', '[1]', 'Refused with request-invalid'],
  ['a reserved name', '{"__proto__":1}', 'Refused with request-invalid'],
])('an event that is %s has no rules, only the refusal', async (_, body, message) => {
  const { events, printed } = started();
  await events.hear(delivery(body));
  const text = printed();
  expect(text).toContain(message);
  expect(text).not.toContain('rule purchase');
});

test('a failing expression says why; the event cannot control the terminal', async () => {
  const rule = { name: 'all', program: "'loyalty-tier'", holder: 'name', claims: '$number(name)', occurredAt: 'at' };
  const { events, printed } = started(withRules([rule]));
  await events.hear(delivery(JSON.stringify({ name: '\u001b[2Jmary\r' })));
  const text = printed();
  expect(text).toContain('claims          failed: a string cannot be read as a number');
  expect(['\u001b', '\r'].filter((one) => text.includes(one))).toEqual([]);
});

test('several events in one delivery are shown one by one; one that cannot be read has no rules', async () => {
  const configured = { environment, settings: { ...payments, split: '$' } };
  const { events, printed } = started(configured);
  const [one, other] = [invoice, customer].map((event) => JSON.parse(event.toString('utf8')));
  await events.hear(delivery(JSON.stringify([one, 7, other])));
  const text = printed();
  expect(text.match(/ {2}event \d of 3\n.*/g)).toEqual([
    '  event 1 of 3\n  rule purchase (when: false)',
    '  event 2 of 3\n  Refused with request-invalid. The request does not have the expected shape: the event must be an object.',
    '  event 3 of 3\n  rule purchase (when: false)',
  ]);
  await events.hear(delivery('[]'));
  expect(printed()).toContain('split finds no event');
});
