/** What is read from the table: understood or not, and never told with a value. */
import { describe, expect, test } from 'vitest';
import { fromItem, toItem } from '../../../lib/aws/issuance-item.ts';
import { measuresOf } from '../../../lib/aws/log.ts';
import { RecordNotUnderstood } from '../../../lib/aws/stored-issuance.ts';
import { statuses } from '../../../lib/issuance/status.ts';
import { issuanceIn } from '../../fakes/issuance-in.ts';

type Item = Record<string, unknown>;

const itemOf = (...given: Parameters<typeof issuanceIn>): Item => toItem(issuanceIn(...given), 'once');

function problemOf(item: Item): RecordNotUnderstood {
  try {
    fromItem(item);
  } catch (error) {
    if (error instanceof RecordNotUnderstood) return error;
  }
  throw new Error('It was understood');
}

describe('an item', () => {
  test.each(statuses)('of one that is %s is read as it was written', (status) => {
    const issuance = issuanceIn(status);
    expect(fromItem(toItem(issuance, 'once'))).toEqual(issuance);
  });

  test.each(['unconfirmed', 'uncertain', 'failed', 'superseded'] as const)(
    'of one that is %s is read without holder and claims',
    (status) => {
      const { personal: _personal, receipt: _receipt, ...item } = itemOf(status);
      expect(fromItem(item)).toMatchObject({ status });
      expect(fromItem(item)).not.toHaveProperty('holder');
    },
  );

  test.each(['queued', 'failed'] as const)('of one that is %s may have a key in place of the holder', (status) => {
    const personal = JSON.stringify({ lookup: 'customer-7', claims: { tier: 'Gold' } });
    const read = fromItem({ ...itemOf(status), personal });
    expect(read).toMatchObject({ status, lookup: 'customer-7', claims: { tier: 'Gold' } });
    expect(toItem(read, 'once')).toMatchObject({ personal });
  });

  test('of an older version lacks what came later', () => {
    const { attempt: _attempt, ...item } = itemOf('failed');
    expect(fromItem(item)).toMatchObject({ status: 'failed' });
    expect(fromItem(itemOf('submitted'))).not.toHaveProperty('knownAs');
  });

  test('of a newer version keeps what this one does not know, a reason included', () => {
    const reason = { code: 'not-yet-known', hint: 'new' };
    const item = { ...itemOf('failed'), reason, extra: { of: 'later' } };
    expect(fromItem(item)).toMatchObject({ reason, extra: { of: 'later' } });
  });

  test.each<[string, Item, string]>([
    ['submitted, without a receipt', without('submitted', 'receipt'), 'receipt'],
    ['unconfirmed, without a receipt', without('unconfirmed', 'receipt'), 'receipt'],
    ['submitting, without an attempt', without('submitting', 'attempt'), 'attempt'],
    [
      'submitting, in a closed attempt',
      { ...itemOf('submitting'), attempt: { number: 1, fence: 1 } },
      'attempt.openSince',
    ],
    ['confirmed, without an assurance', without('confirmed', 'assurance'), 'assurance'],
    ['failed, without a reason', without('failed', 'reason'), 'reason'],
    ['queued, with a key but no claims', { ...itemOf('queued'), personal: '{"lookup":"customer-7"}' }, 'claims'],
    [
      'submitting, with a key in place of the holder',
      { ...itemOf('submitting'), personal: '{"lookup":"customer-7","claims":{}}' },
      'holder',
    ],
    ['queued, without personal data', without('queued', 'personal'), 'holder, claims'],
    ['queued, with personal data that is no JSON', { ...itemOf('queued'), personal: '{ada@' }, 'personal'],
    ['queued, with a number for a time', { ...itemOf('queued'), dueAt: 5 }, 'dueAt'],
    ['in no known status', { ...itemOf('queued'), status: 'paused' }, 'a known status'],
  ])('%s is not understood, and what it lacks is named', (_what, item, missing) => {
    const { id } = issuanceIn('queued');
    expect(problemOf(item)).toMatchObject({ id, missing, message: `The record of ${id} lacks ${missing}` });
  });

  test('that is not understood is counted as an unexpected error', () => {
    const entry = { event: 'record-not-understood', id: 'iss_1', missing: 'receipt', where: 'poller' } as const;
    expect(measuresOf(entry)).toEqual([['unexpected', 'poller']]);
  });

  test('that is not understood is told of without its values', () => {
    const item = { ...itemOf('queued'), personal: JSON.stringify({ holder: 7, claims: 'Platinum' }), source: ['Ada'] };
    const problem = problemOf(item);
    expect(problem.missing).toBe('source, holder, claims');
    expect(JSON.stringify([problem, problem.message, problem.stack])).not.toMatch(/Ada|Platinum|paused/);
  });
});

function without(status: Parameters<typeof issuanceIn>[0], name: string): Item {
  const item = itemOf(status);
  delete item[name];
  return item;
}
