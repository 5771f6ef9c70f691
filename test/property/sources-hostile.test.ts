/** Ten thousand generated webhooks per scheme: no 5xx, nothing unforeseen, nothing queued without a valid proof. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RuleSettings } from '../../lib/sources/settings.ts';
import { deliver, plainRule, sourceWith, type Webhook } from '../fakes/deliveries.ts';
import { type Sender, senders } from '../fakes/senders.ts';
import { World } from '../fakes/world.ts';

const runs = 10_000;

/** Rules that look into whatever comes, so that an event that is proven is really worked on. */
const rules: RuleSettings[] = [
  {
    ...plainRule,
    name: 'kind',
    when: '$exists(kind) and $string(kind) = "a"',
    claims: '$merge([claims, {"k": kind}])',
  },
  { ...plainRule, name: 'list', when: '$count(items) > 0', claims: '{"n": $sum(items), "j": $join(items, "-")}' },
  {
    ...plainRule,
    name: 'any',
    holder: '$lowercase(holder)',
    claims: '$type(claims) = "object" ? claims : {"c": claims}',
  },
];

const hostileNames = [
  '__proto__',
  'constructor',
  'prototype',
  '_jsonata_lambda',
  'toString',
  'specversion',
  'Type',
  '',
];
const hostileTexts = [
  '\r\n',
  '\u001b[31m',
  '\u0000',
  '\ud800',
  '#{7*7}',
  '1e400',
  '{"a":1}',
  "' or 1=1",
  '\u200b@\u202e',
];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...hostileTexts));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom(...hostileNames)), tie('tree'), { maxKeys: 4 }),
  ),
}));
const mostly = (good: unknown) => fc.oneof({ weight: 5, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: tree });
const nearly = fc.record(
  {
    holder: mostly('ada@example.com'),
    occurredAt: mostly('2026-11-22T08:00:00Z'),
    claims: mostly({ tier: 'Gold' }),
    kind: tree,
    items: tree,
    id: tree,
  },
  { requiredKeys: ['holder', 'occurredAt', 'claims'] },
);
const cloudEvent = fc.record({
  specversion: fc.oneof(fc.constant('1.0'), tree),
  id: fc.oneof(text, tree),
  source: fc.oneof(text, tree),
  type: text,
  data: fc.oneof(nearly, tree),
});
/** JSON text, with names that JSON.stringify would take for the prototype, or bytes that are no JSON. */
const body = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(nearly, nearly, cloudEvent, tree).map((value) => JSON.stringify(value) ?? '') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'),
  },
  { weight: 1, arbitrary: text },
);
const headerNames = [
  'content-type',
  'content-encoding',
  'ce-specversion',
  'ce-id',
  'ce-time',
  'idempotency-key',
  'x-topic',
];
const otherHeaders = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...headerNames), text, { maxKeys: 2 }) },
);

interface Sent {
  webhook: Webhook;
  /** Whether it carries the very bytes that were signed, with what was made for them. */
  proven: boolean;
}

async function send(
  sender: Sender,
  secret: string,
  now: Date,
  [content, others, how, noise, base64]: Generated,
): Promise<Sent> {
  const good = await sender.sign(content === '' ? ' ' : content, secret, now);
  const forged = {
    signed: good,
    none: { ...good, [sender.header]: undefined },
    noise: { ...good, [sender.header]: noise },
    bent: { ...good, [sender.header]: bend(good[sender.header] ?? '', noise) },
    stranger: await sender.sign(content === '' ? ' ' : content, sender.newSecret(), now),
    late: await sender.sign(content === '' ? ' ' : content, secret, new Date(now.getTime() - 301_000)),
  }[how];
  const proven = how === 'signed' || (how === 'late' && !sender.timestamped);
  return { proven, webhook: { headers: { ...others, ...forged }, body: content === '' ? ' ' : content, base64 } };
}

/** One character replaced by another. */
function bend(header: string, noise: string): string {
  const at = noise.length % header.length;
  return `${header.slice(0, at)}${header[at] === 'x' ? 'y' : 'x'}${header.slice(at + 1)}`;
}

type Generated = [string, Record<string, string>, (typeof ways)[number], string, boolean];
const ways = ['signed', 'signed', 'none', 'noise', 'bent', 'stranger', 'late'] as const;
const generated = fc.tuple(body, otherHeaders, fc.constantFrom(...ways), text, fc.boolean());

describe.each(senders.map((sender) => [sender.scheme, sender] as const))('%s', (_, sender) => {
  test(`${runs} generated webhooks`, { timeout: 300_000 }, async () => {
    const secret = sender.newSecret();
    const receiver = { sources: { shop: sourceWith(sender.proof, rules) }, secrets: { shop: [sender.kept(secret)] } };
    const prototype = Object.getOwnPropertyNames(Object.prototype);
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(generated, async (values) => {
        const world = new World();
        const { webhook, proven } = await send(sender, secret, world.clock.now(), values);
        const answer = await deliver(world, receiver, webhook);
        const outcome = answer.json.ignored ? 'ignored' : (answer.json.code ?? 'accepted');
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        expect(answer.status, answer.text).toBeLessThan(500);
        expect(world.log.of('unexpected-error')).toEqual([]);
        if (!proven) {
          expect([401, 413, 415]).toContain(answer.status);
          expect([world.queue.bodies, world.store.all()]).toEqual([[], []]);
        }
        if (answer.status !== 202) expect(world.queue.bodies).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    // The generator reaches what it is meant to reach.
    for (const outcome of ['accepted', 'source-unverified', 'rule-failed', 'request-invalid', 'request-not-json']) {
      expect([...seen.keys()]).toContain(outcome);
    }
    expect(seen.get('accepted')).toBeGreaterThan(runs / 200);
  });
});
