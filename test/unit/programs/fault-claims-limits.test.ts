/** Fault 61: whatever the pattern and the text, a check of claims ends; prints how long the worst ones took. */
import { afterAll, describe, expect, test } from 'vitest';
import { worker } from '../../../functions/worker/handler.ts';
import { accept } from '../../../lib/accept/accept.ts';
import { checkedFormats } from '../../../lib/config/claims/keywords.ts';
import type { Programs } from '../../../lib/issuance/program.ts';
import { catalogOf } from '../../../lib/programs/programs.ts';
import { claimsWith, environmentOf, environmentWithClaims } from '../../fakes/checked-environment.ts';
import { World } from '../../fakes/world.ts';
import { ask } from '../../integration/gateway-event.ts';

const size = 58_000;
const filled = (unit: string) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** Each takes longer than the universe has, in a regular expression engine that cannot be stopped. */
const patterns: [string, string][] = [
  ['^(a+)+$', `${'a'.repeat(60)}!`],
  ['^(a+)+$', `${filled('a')}!`],
  ['^(a|aa)*c$', filled('a')],
  ['a*a*a*a*b', filled('a')],
  ['^(.*)*x$', filled('a')],
  ['(?:a{0,30}){0,30}b', filled('a')],
  ['^(?=(a+)+b)', filled('a')],
  ['^(a*)*\\1b$', filled('a')],
  ['^((a|b)+)+$', `${filled('ab')}!`],
];
const texts = [
  'a',
  'a.',
  'a-',
  '%61',
  ':',
  '/',
  '{a}',
  '{a,',
  '"\\a',
  '@',
  '9',
  ' ',
  '/~0',
  '(',
  '(a*)*',
  '1:',
  '.',
  'é',
];
const endings = ['', '!', '\n', '@a', '://a'];

const times: { what: string; milliseconds: number }[] = [];

async function timed(what: string, action: () => Promise<unknown>): Promise<unknown> {
  const start = performance.now();
  const result = await action().then(
    () => 'taken',
    (error: unknown) => error,
  );
  times.push({ what, milliseconds: performance.now() - start });
  return result;
}

const programWith = (schema: unknown) => {
  const found = catalogOf(environmentWithClaims(claimsWith({ a: schema }))).find('kyc');
  if (found === undefined) throw new Error('The program is missing');
  return found;
};

describe('fault 61: a check of claims ends', () => {
  test.each(patterns)('pattern %s', async (pattern, text) => {
    const program = programWith({ type: 'string', pattern });
    const result = await timed(`pattern ${pattern} on ${text.length} characters`, () =>
      program.checkClaims({ a: text }),
    );
    expect(result).toMatchObject({ code: 'claims-invalid', detail: expect.stringMatching(/takes too long/) });
  });

  test('a pattern of names', async () => {
    const program = programWith({ type: 'object', patternProperties: { '^(a+)+$': {} } });
    const result = await timed('pattern of names', () => program.checkClaims({ a: { [`${'a'.repeat(60)}!`]: 1 } }));
    expect(result).toMatchObject({ code: 'claims-invalid' });
  });

  test('a schema that doubles with every level', async () => {
    const tree = { anyOf: [1, 2, 3, 4].map(() => ({ type: 'array', items: { $ref: '#/properties/a' } })) };
    const program = programWith({ ...tree });
    let nested: unknown[] = [1];
    for (let depth = 0; depth < 14; depth += 1) nested = [nested];
    const result = await timed('schema that doubles', () => program.checkClaims({ a: nested as never }));
    expect(result).toMatchObject({ code: 'claims-invalid' });
  });

  test.each(checkedFormats.map((format) => [format]))('format %s', async (format) => {
    const program = programWith({ type: 'string', format });
    for (const unit of texts) {
      for (const ending of endings) {
        const text = filled(unit) + ending;
        const result = await timed(`format ${format} on ${JSON.stringify(unit)}… ${JSON.stringify(ending)}`, () =>
          program.checkClaims({ a: text }),
        );
        if (result !== 'taken') expect(result).toMatchObject({ code: 'claims-invalid' });
      }
    }
  });
});

/** The programs of this schema under the names the world's requests use. */
function programsWith(world: World): Programs {
  const claims = claimsWith({ tier: { type: 'string', pattern: '^(a+)+$' } });
  const program = { account: 'partner', credential: { credentialId: 'a' }, claims };
  const checked = catalogOf(environmentOf({ 'program-a': program }));
  return { find: (name) => checked.find(name), provider: (name) => world.ports().programs.provider(name) };
}

const hostile = (key: string) => ({
  program: 'program-a',
  holder: `${key}@example.com`,
  claims: { tier: `${'a'.repeat(60)}!` },
  occurredAt: '2026-11-22T08:00:00.000Z',
  idempotencyKey: key,
});

describe('fault 61: only that event fails', () => {
  test('in a batch of the worker: nine are submitted, the hostile one is dead-lettered with its reason', async () => {
    const world = new World();
    const ports = { ...world.ports(), programs: programsWith(world) };
    for (let n = 0; n < 9; n += 1) {
      const request = world.request({ idempotencyKey: `e-${n}`, holder: `h${n}@example.com`, claims: { tier: 'aaa' } });
      await accept(request, ports);
    }
    world.queue.put(JSON.stringify(hostile('hostile')));
    const messages = world.queue.receive();
    const start = performance.now();
    const { batchItemFailures } = await worker({ Records: messages }, ports);
    times.push({ what: 'batch of ten, one hostile', milliseconds: performance.now() - start });
    expect([messages.length, batchItemFailures]).toEqual([10, []]);
    expect(world.store.all().map(({ status }) => status)).toEqual(Array(9).fill('submitted'));
    expect(world.queue.deadLetters).toMatchObject([{ reason: 'claims-invalid' }]);
  });

  test('at the API: 422, and the next request is accepted', async () => {
    const world = new World();
    const programs = programsWith(world);
    const { idempotencyKey: _, ...body } = hostile('one');
    const refused = await ask(world, { body: JSON.stringify(body) }, { programs });
    expect(refused).toMatchObject({ status: 422, json: { code: 'claims-invalid' } });
    expect(refused.text).not.toContain('aaaa');
    const good = JSON.stringify({ ...body, claims: { tier: 'aaa' } });
    expect((await ask(world, { body: good }, { programs })).status).toBe(202);
  });
});

afterAll(() => {
  const worst = times.toSorted((one, other) => other.milliseconds - one.milliseconds);
  const isPattern = ({ what }: { what: string }) => !what.startsWith('format');
  const line = ({ what, milliseconds }: (typeof times)[number]) => `${milliseconds.toFixed(0).padStart(6)} ms  ${what}`;
  const shown = [...worst.filter(isPattern), ...worst.filter((one) => !isPattern(one)).slice(0, 5)];
  console.log(['The worst checks of claims:', ...shown.map(line)].join('\n'));
});
