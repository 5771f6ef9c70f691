/** Ten thousand hostile deliveries per scheme: no proof throws, and nothing is proven that its sender has not signed. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Delivery, Proven } from '../../lib/sources/proofs/proof.ts';
import { plainEvent } from '../fakes/deliveries.ts';
import { proverOf } from '../fakes/signers/prover.ts';
import type { Signer } from '../fakes/signers/signer.ts';
import { signers } from '../fakes/signers/signers.ts';

const runs = 10_000;
const now = new Date('2026-11-22T09:00:00.000Z');
const hoursAgo = new Date(now.getTime() - 3 * 3600 * 1000);

/** Another signature in the same header still proves the event. */
const severalInOne = new Set(['persona (rotation)', 'hmac (sha512, several names)']);

const texts = [
  '',
  '\r\n',
  '\u0000',
  '\ud800',
  '{"a":1}',
  '=',
  ',',
  't=1,v1=',
  '1e400',
  '.',
  '..',
  'v1,',
  'Bearer ',
  '%00',
];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...texts), fc.base64String());
const names = [
  '__proto__',
  'constructor',
  '_jsonata_lambda',
  'signature',
  'notificationItems',
  'bt_signature',
  'data',
  '',
];
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom(...names)), tie('tree'), { maxKeys: 4 }),
  ),
}));
/** What the schemes with a signature in the body look at, with anything in it. */
const nearly = fc.record({
  notificationItems: fc.oneof(fc.array(fc.record({ NotificationRequestItem: tree }), { maxLength: 2 }), tree),
  signature: fc.oneof(fc.record({ signature: tree, timestamp: tree, token: tree }), tree),
});
const form = fc.dictionary(fc.constantFrom('bt_signature', 'bt_payload', 'Body', 'From', '__proto__'), text);
const body = fc.oneof(
  fc.oneof(nearly, tree).map((value) => JSON.stringify(value) ?? ''),
  form.map((fields) => String(new URLSearchParams(fields))),
  text,
);
const ways = ['signed', 'signed', 'late', 'stranger', 'none', 'noise', 'bent', 'bit', 'other body'] as const;
const generated = fc.record({
  way: fc.constantFrom(...ways),
  index: fc.nat(1_000_000),
  noise: text,
  body,
  type: fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', ''),
});

type Generated = typeof generated extends fc.Arbitrary<infer One> ? One : never;
interface Pool {
  good: Delivery[];
  late: Delivery[];
  strangers: Delivery[];
}

const pick = <One>(all: readonly One[], index: number): One => all[index % all.length] as One;

/** A delivery, and whether it has to be proven; undefined if either is right. */
type Expected = [Delivery, boolean | undefined];

function deliveryOf(signer: Signer, pool: Pool, { way, index, noise, ...given }: Generated): Expected {
  const good = pick(pool.good, index);
  const hostile: Delivery = {
    ...good,
    headers: { ...good.headers, 'content-type': given.type },
    body: Buffer.from(given.body),
  };
  const fields = Object.keys(good.headers).filter((name) => name !== 'content-type');
  const field = fields.length === 0 ? undefined : pick(fields, index);
  const changed = (value: string): Expected =>
    field === undefined
      ? [{ ...good, pathToken: value }, signer.scheme === 'path-token' ? false : undefined]
      : [{ ...good, headers: { ...good.headers, [field]: value } }, false];
  const given_ = field === undefined ? (good.pathToken ?? 'x') : (good.headers[field] ?? '');
  switch (way) {
    case 'signed':
      return [good, true];
    case 'late':
      return [pick(pool.late, index), !signer.timed];
    case 'stranger':
      return [pick(pool.strangers, index), false];
    case 'none':
      return [{ headers: {}, body: hostile.body }, false];
    case 'noise':
      return changed(noise);
    case 'bent': {
      const [bent, proven] = changed(bend(given_, index));
      return [bent, severalInOne.has(signer.name) ? undefined : proven];
    }
    case 'bit':
      return [{ ...good, body: flipped(good.body, index) }, signer.covers === 'body' ? false : undefined];
    case 'other body':
      return [
        hostile,
        signer.covers === 'body' || fields.length + (good.pathToken?.length ?? 0) === 0 ? false : undefined,
      ];
  }
}

/** One character replaced by another; not the last, whose lowest bits need not belong to a signature in base64. */
function bend(value: string, index: number): string {
  const at = index % Math.max(1, value.length - 1);
  return `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
}

function flipped(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(index % copy.length) ^ (1 << (index % 8)), index % copy.length);
  return copy;
}

async function poolOf(signer: Signer, key: unknown): Promise<Pool> {
  const twenty = Array.from({ length: 20 }, (_, index) => ({ ...plainEvent, id: `evt_${index}` }));
  const all = (by: unknown, at: Date) => Promise.all(twenty.map(async (event) => signer.send(event, by, at)));
  return { good: await all(key, now), late: await all(key, hoursAgo), strangers: await all(signer.newKey(), now) };
}

const report: string[] = [];

describe.each(signers.map((signer) => [signer.name, signer] as const))('%s', (_, signer) => {
  test(`${runs} hostile deliveries`, { timeout: 600_000 }, async () => {
    const key = signer.newKey();
    const [pool, prove] = [await poolOf(signer, key), proverOf(signer, [key])];
    const seen: Record<string, number> = { proven: 0, unproven: 0, stale: 0 };
    let worstMs = 0;
    await fc.assert(
      fc.asyncProperty(generated, async (values) => {
        const [delivery, expected] = deliveryOf(signer, pool, values);
        const started = performance.now();
        const result: Proven = await prove(delivery, now);
        worstMs = Math.max(worstMs, performance.now() - started);
        const what = result.proven ? 'proven' : result.why;
        seen[what] = (seen[what] ?? 0) + 1;
        if (expected !== undefined) expect(result.proven, values.way).toBe(expected);
      }),
      { numRuns: runs },
    );
    expect(seen['proven']).toBeGreaterThan(runs / 10);
    expect(seen['unproven']).toBeGreaterThan(runs / 10);
    expect(seen['stale'] === 0).toBe(!signer.timed);
    report.push(`${signer.name.padEnd(52)} ${JSON.stringify(seen).padEnd(48)} worst ${worstMs.toFixed(1)} ms`);
  });
});

afterAll(() => console.log(report.join('\n')));
