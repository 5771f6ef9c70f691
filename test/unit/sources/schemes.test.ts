/** Every scheme of proof against everything that can be wrong with one; prints what came back. */
import { afterAll, describe, expect, test } from 'vitest';
import { deliver, plainEvent, sourceWith, type Webhook } from '../../fakes/deliveries.ts';
import { type Sender, senders } from '../../fakes/senders.ts';
import { World } from '../../fakes/world.ts';

const body = JSON.stringify(plainEvent);
const minutes = 60_000;

interface Setting {
  sender: Sender;
  now: Date;
  secret: string;
  other: string;
  headers: Record<string, string>;
}

interface Case {
  name: string;
  /** Live secrets. Default: the sender's own. */
  live?: (setting: Setting) => string[];
  webhook: (setting: Setting) => Promise<Webhook | undefined> | Webhook | undefined;
  accepted: boolean;
}

const signedAt = async ({ sender, secret, now }: Setting, offset: number) =>
  sender.timestamped ? { headers: await sender.sign(body, secret, new Date(now.getTime() + offset)), body } : undefined;

const withHeader = ({ sender, headers }: Setting, value: string | undefined) => ({
  headers: { ...headers, [sender.header]: value },
  body,
});

const headerOf = ({ sender, headers }: Setting) => headers[sender.header] ?? '';

async function twice(setting: Setting): Promise<Webhook | undefined> {
  const { sender, other, now } = setting;
  if (sender.join === undefined) return undefined;
  const second = (await sender.sign(body, other, now))[sender.header] ?? '';
  return withHeader(setting, sender.join(second, headerOf(setting)));
}

/** Schemes whose header holds several signatures; in the others, two in one header are none. */
const several = new Set(['standard-webhooks', 'standard-webhooks (Svix)', 'stripe']);

const cases: readonly Case[] = [
  { name: 'right', webhook: ({ headers }) => ({ headers, body }), accepted: true },
  {
    name: 'wrong secret',
    live: ({ other }) => [other],
    webhook: ({ headers }) => ({ headers, body }),
    accepted: false,
  },
  { name: 'fault 10: old timestamp', webhook: (setting) => signedAt(setting, -6 * minutes), accepted: false },
  { name: 'fault 10: future timestamp', webhook: (setting) => signedAt(setting, 6 * minutes), accepted: false },
  {
    name: 'fault 11: flipped bit',
    webhook: ({ sender, headers }) => {
      const flipped = Buffer.from(body);
      flipped[flipped.indexOf('Gold')] = 'G'.charCodeAt(0) ^ 1;
      return sender.scheme === 'bearer' ? undefined : { headers, body: flipped };
    },
    accepted: false,
  },
  { name: 'fault 11: missing header', webhook: (setting) => withHeader(setting, undefined), accepted: false },
  {
    name: 'fault 11: unknown version',
    webhook: (setting) => withHeader(setting, setting.sender.unknownVersion(headerOf(setting))),
    accepted: false,
  },
  { name: 'fault 11: two signatures', webhook: twice, accepted: true },
  {
    name: 'fault 11: rotated secret, both live',
    live: ({ secret, other }) => [other, secret],
    webhook: ({ headers }) => ({ headers, body }),
    accepted: true,
  },
  { name: 'fault 11: base64 body', webhook: ({ headers }) => ({ headers, body, base64: true }), accepted: true },
  {
    name: 'fault 11: re-serialised body',
    webhook: ({ sender, headers }) =>
      sender.scheme === 'bearer' ? undefined : { headers, body: JSON.stringify(JSON.parse(body), undefined, 1) },
    accepted: false,
  },
];

const results = new Map<string, string[]>();

describe.each(senders.map((sender) => [sender.scheme, sender] as const))('%s', (scheme, sender) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { live, webhook, accepted }) => {
    const world = new World();
    const now = world.clock.now();
    const [secret, other] = [sender.newSecret(), sender.newSecret()];
    const setting = { sender, now, secret, other, headers: await sender.sign(body, secret, now) };
    const sent = await webhook(setting);
    const row = results.get(scheme) ?? [];
    results.set(scheme, row);
    if (sent === undefined) {
      row.push('–');
      return;
    }
    const secrets = (live?.(setting) ?? [secret]).map(sender.kept);
    const receiver = { sources: { shop: sourceWith(sender.proof) }, secrets: { shop: secrets } };
    const answer = await deliver(world, receiver, sent);
    row.push(String(answer.status));
    const takes = accepted && !(_ === 'fault 11: two signatures' && !several.has(scheme));
    expect([answer.status, world.queue.bodies.length]).toEqual(takes ? [202, 1] : [401, 0]);
    if (!takes) expect(answer.json.code).toBe('source-unverified');
  });
});

afterAll(() => {
  const names = cases.map(({ name }) => name.replace(/^fault \d+: /, ''));
  const width = (index: number) => Math.max(names[index]?.length ?? 0, 3);
  const line = (first: string, cells: readonly string[]) =>
    `${first.padEnd(26)}${cells.map((cell, index) => cell.padEnd(width(index))).join('  ')}`;
  console.log([line('scheme', names), ...[...results].map(([scheme, row]) => line(scheme, row))].join('\n'));
});
