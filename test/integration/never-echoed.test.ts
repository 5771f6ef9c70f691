/** Marked personal data goes through every flow; no mark shows in an answer, a log line, an event or a dead-letter reason. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worker } from '../../functions/worker/handler.ts';
import { loadEnvironment } from '../../lib/config/load-environment.ts';
import { confirm } from '../../lib/confirm/confirm.ts';
import { type ErrorCode, errorCodes } from '../../lib/issuance/error-codes.ts';
import { IssuanceError } from '../../lib/issuance/issuance-error.ts';
import { reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { catalogOf } from '../../lib/programs/programs.ts';
import type { FaultHook } from '../fakes/faulty.ts';
import type { ScriptedProvider } from '../fakes/scripted-provider.ts';
import { World } from '../fakes/world.ts';
import { ask } from './gateway-event.ts';

const mark = 'MARKED';
const environment = loadEnvironment('local');

/** Programs of the shipped configuration, at a scripted provider. */
function shippedPrograms(provider: ScriptedProvider) {
  const shipped = catalogOf(environment);
  return { find: (name: string) => shipped.find(name), provider: () => provider };
}

/** All that leaves the product towards people and machines that must not see personal data. */
function told(world: World, ...answers: unknown[]): string {
  const reasons = world.queue.deadLetters.map(({ reason, detail }) => ({ reason, detail }));
  const queued = world.queue.bodies.filter((body) => body.startsWith('{"v":1'));
  return JSON.stringify([world.log.entries, world.announcer.events, world.pollers.started, reasons, queued, answers]);
}

/** Something with marks in its names and values: whatever JSON can hold. */
const marked = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      mark,
      `${mark}@example.com`,
      `a ${mark}\r\nb`,
      `\u001b[31m${mark}`,
      `"${mark}"`,
      `/${mark}`,
      `#/${mark}/%41`,
    ),
    fc.constantFrom<unknown>(true, null, 1, -1, 1.5, 1e300, '', '2026-02-30', 'basic', '\ud800'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(mark, `${mark}/~1%`, 'kycLevel', 'kycVerified', '__proto__', '\ud800'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

const request = fc.record(
  {
    program: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('kyc', 'loyalty-tier') }, marked),
    holder: fc.oneof(fc.constantFrom(`${mark}@example.com`, `${mark}@@example.com`, mark), marked),
    claims: fc.oneof(
      fc.constant({ kycVerified: true, kycLevel: 'basic', verifiedAt: '2026-11-22T08:00:00Z' }),
      fc.dictionary(fc.constantFrom(mark, 'kycVerified', 'kycLevel', 'verifiedAt', 'tier', 'points'), marked),
      marked,
    ),
    occurredAt: fc.oneof({ weight: 5, arbitrary: fc.constant('2026-11-22T08:00:00Z') }, marked),
    [mark]: marked,
  },
  { requiredKeys: ['program', 'claims', 'holder', 'occurredAt'] },
);
const key = fc.constantFrom(mark, `${mark}-2`, `${mark}\n`, 'é', '');

describe('what was sent', () => {
  test('is in no answer of the API, accepted or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(request, marked), key, fc.boolean(), async (body, idempotencyKey, cut) => {
        const world = new World();
        const programs = shippedPrograms(world.provider);
        const text = JSON.stringify(body) ?? '';
        const headers = { 'idempotency-key': idempotencyKey };
        const post = { body: cut ? text.slice(0, -1) : text, headers };
        const answer = await ask(world, post, { programs });
        expect([202, 400, 413, 422]).toContain(answer.status);
        expect(told(world, answer.text, answer.headers)).not.toContain(mark);
      }),
      { numRuns: 1500 },
    );
  });

  test('is in no reason of a dead letter, and no attribute of a message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(request, marked), key, async (body, idempotencyKey) => {
        const world = new World();
        const message = typeof body === 'object' && body !== null ? { ...body, idempotencyKey } : body;
        world.queue.put(JSON.stringify(message) ?? mark);
        const ports = { ...world.ports(), programs: shippedPrograms(world.provider) };
        const { batchItemFailures } = await worker({ Records: world.queue.receive() }, ports);
        expect(batchItemFailures).toEqual([]);
        expect(told(world)).not.toContain(mark);
      }),
      { numRuns: 1500 },
    );
  });

  test('is in no answer about a path, a query, a token or a header', async () => {
    const asked = [
      { method: 'GET', path: `/v1/${mark}` },
      { method: 'GET', path: `/v1/issuances/${mark}` },
      { method: 'GET', query: { status: mark } },
      { method: 'GET', query: { status: 'queued', cursor: Buffer.from(mark).toString('base64url') } },
      { method: 'GET', query: { status: 'queued', limit: mark } },
      { method: 'GET', query: { [mark]: mark } },
      { method: mark },
      { body: '{}', headers: { authorization: `Bearer ${mark.repeat(5)}` } },
      { body: '{}', headers: { 'content-type': mark } },
      { body: '{}', headers: { 'content-encoding': mark } },
    ];
    for (const one of asked) {
      const world = new World();
      const answer = await ask(world, one);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(told(world, answer.text, answer.headers)).not.toContain(mark);
    }
  });
});

describe('an accepted event', () => {
  const codes = Object.keys(errorCodes) as ErrorCode[];
  const ends = fc.constantFrom<(Error | undefined)[]>(
    undefined,
    new TypeError(`${mark}\n    at ${mark} (${mark}.ts:1:1)`, { cause: new Error(mark) }),
    ...codes
      .filter((code) => !['invalid', 'message'].includes(errorCodes[code].kind))
      .map((code) => new IssuanceError(code, { cause: new Error(mark) })),
  );
  const failures = fc.constantFrom(
    '',
    'store.replace',
    'slots.acquire',
    'slots.release',
    'announcer.announce',
    'pollers.start',
  );

  test('leaves no mark on its way, whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant(undefined), ends), { maxLength: 6 }),
        failures,
        async (errors, failing) => {
          const world = new World();
          const hook: FaultHook = ({ call, when }) => {
            if (call === failing && when === 'before') throw new Error(`${mark}\n    at ${mark}`);
          };
          const given = errors.map((error) => error ?? { receipt: { reference: 'r' }, knownAs: 'r' });
          world.provider.onSubmit(...given);
          world.provider.onCheck(...errors.map((error) => error ?? { state: 'pending' as const }));
          const body = {
            ...world.request({ holder: `${mark}@example.com`, claims: { [mark]: mark } }),
            source: undefined,
          };
          await ask(world, {
            body: JSON.stringify({ ...body, idempotencyKey: undefined }),
            headers: { 'idempotency-key': mark },
          });
          for (let turns = 0; turns < 4; turns += 1) {
            await worker({ Records: world.queue.receive() }, world.ports(turns === 1 ? hook : undefined));
            const ids = world.store.all().map(({ id }) => id);
            const startedAt = world.clock.now().toISOString();
            await confirm({ ids, startedAt, round: turns }, world.ports()).catch(() => undefined);
            world.clock.advance(3600_000);
            await reconcile(world.clock.now(), world.ports());
          }
          expect(world.store.all()).toHaveLength(1);
          expect(told(world)).not.toContain(mark);
        },
      ),
      { numRuns: 300 },
    );
  });
});
