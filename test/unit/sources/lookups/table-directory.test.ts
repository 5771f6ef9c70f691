/** A table as the directory: one item, read by its primary key. */
import { describe, expect, test } from 'vitest';
import { directoryTable } from '../../../../lib/aws/directory-table.ts';
import type { TableLookup } from '../../../../lib/sources/lookups/settings.ts';
import { askTable } from '../../../../lib/sources/lookups/table-directory.ts';

const lookup: TableLookup = {
  type: 'dynamodb',
  table: 'customers',
  key: "{ 'pk': 'CUSTOMER#' & $key }",
  answer: 'email',
};

function client(result: { Item?: object } | Error) {
  const sent: object[] = [];
  const send = async ({ input }: { input: object }) => {
    sent.push(input);
    if (result instanceof Error) throw result;
    return result;
  };
  return { sent, read: directoryTable({ send } as never) };
}

describe('a table', () => {
  test('is read by the key, consistently, and names the holder', async () => {
    const { sent, read } = client({ Item: { pk: 'CUSTOMER#7', email: 'ada@example.com' } });
    expect(await askTable(lookup, '7', read)).toBe('ada@example.com');
    expect(sent).toEqual([{ TableName: 'customers', Key: { pk: 'CUSTOMER#7' }, ConsistentRead: true }]);
  });

  test('that has no such item, or no address in it, knows no such holder', async () => {
    await expect(askTable(lookup, '7', client({}).read)).rejects.toMatchObject({ code: 'holder-not-found' });
    await expect(askTable(lookup, '7', client({ Item: { pk: '1' } }).read)).rejects.toMatchObject({
      code: 'holder-not-found',
    });
  });

  test.each([
    "'text'",
    "{ 'pk': null }",
    "{ 'pk': '' }",
    '{}',
    "{ 'a': 1, 'b': 2, 'c': 3 }",
    'nothing',
    '$error($key)',
  ])('is not read with a key that is none: %s', async (key) => {
    const { sent, read } = client({ Item: { email: 'ada@example.com' } });
    await expect(askTable({ ...lookup, key }, '7', read)).rejects.toMatchObject({ code: 'lookup-refused' });
    expect(sent).toEqual([]);
  });

  test.each([
    ['AccessDeniedException', 'lookup-refused'],
    ['ResourceNotFoundException', 'lookup-refused'],
    ['ValidationException', 'lookup-refused'],
    ['ProvisionedThroughputExceededException', 'lookup-unavailable'],
    ['TimeoutError', 'lookup-unavailable'],
  ])('that answers %s: %s', async (name, code) => {
    const { read } = client(Object.assign(new Error('no'), { name }));
    await expect(askTable(lookup, '7', read)).rejects.toMatchObject({ code });
  });
});
