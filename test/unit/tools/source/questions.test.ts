/** The questions on a terminal: typed answers, choices, open parts, and Ctrl-C. */
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { CommandFailure } from '../../../../tools/command-line/command-failure.ts';
import { UsageError } from '../../../../tools/command-line/usage-error.ts';
import { askOpenParts, gatherWish } from '../../../../tools/source/gather-wish.ts';
import { questionsOn } from '../../../../tools/source/questions.ts';
import { local } from './configured.ts';

const [enter, down, control] = ['\r', '\u001b[B', '\u0003'];

/** A person who types each answer when the text of its question appears. */
function person(answers: readonly [question: string, ...keys: string[]][]) {
  const input = new PassThrough();
  const waiting = [...answers];
  let shown = '';
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      shown += chunk.toString('utf8');
      const [next] = waiting;
      if (next !== undefined && shown.includes(next[0])) {
        waiting.shift();
        shown = '';
        setTimeout(() => {
          const [, ...keys] = next;
          for (const key of keys.flatMap((one) => (one === down ? [one] : [...one]))) input.write(key);
        }, 20);
      }
      done();
    },
  });
  return { questions: questionsOn({ input, output }), waiting };
}

const event = 'config/examples/payments/invoice-paid.json';

test('what the command line does not say is asked', async () => {
  const { questions, waiting } = person([
    ['Name of the source', `billing${enter}`],
    ['How it signs', down, enter],
    ['File with an example', `${event}${enter}`],
    ['Program that', down, enter],
  ]);
  const wish = await gatherWish(undefined, {}, local, questions);
  expect(waiting).toEqual([]);
  expect(wish).toMatchObject({ name: 'billing', eventFile: event, program: 'loyalty-tier' });
  expect(wish.proof.scheme).toBe('basic');
});

test('a name that cannot be one is asked for again', async () => {
  const { questions } = person([
    ['Name of the source', `Billing${enter}`],
    ['lower-case letters', `${'\u007f'.repeat(7)}billing${enter}`],
  ]);
  const options = { scheme: 'stripe', event, program: 'kyc' };
  expect((await gatherWish(undefined, options, local, questions)).name).toBe('billing');
});

test('only required parts are asked for, and may stay open', async () => {
  const { questions } = person([
    ['JSONata for claims.plan (one of free, plus)', `'plus'${enter}`],
    ['JSONata for holder', enter],
  ]);
  const open = [
    { part: 'claims.plan', option: '--claim plan=…', required: true, wants: 'one of free, plus' },
    { part: 'claims.renewals', option: '--claim renewals=…', required: false },
    { part: 'holder', option: '--holder …', required: true },
  ];
  const rule = { rule: 'paid', claims: { other: 'x' } };
  expect(await askOpenParts(open, rule, questions)).toEqual({ rule: 'paid', claims: { other: 'x', plan: "'plus'" } });
});

describe('Ctrl-C', () => {
  test.each<[string, (questions: ReturnType<typeof questionsOn>) => Promise<unknown>]>([
    ['a text', (questions) => questions.ask({ option: '--x', message: 'Question' })],
    ['a choice', (questions) => questions.ask({ option: '--x', message: 'Question', choices: ['a', 'b'] })],
    ['an open part', (questions) => questions.askOptional({ option: '--x', message: 'Question' })],
    ['a confirmation', (questions) => questions.confirm('Question')],
  ])('ends the command: %s', async (_, ask) => {
    await expect(ask(person([['Question', control]]).questions)).rejects.toThrow(CommandFailure);
  });
});

test('without a terminal, the missing option is named, and what is optional stays open', async () => {
  const questions = questionsOn(undefined);
  await expect(gatherWish('billing', {}, local, questions)).rejects.toThrow(UsageError);
  await expect(gatherWish('billing', {}, local, questions)).rejects.toThrow('--scheme <name> is missing');
  expect(await questions.askOptional({ option: '--x', message: 'Question' })).toBeUndefined();
  expect(await questions.confirm('Write?')).toBe(true);
});
