/** An item and its index entries reach the disk together or not at all. */
import database, { type Operation } from 'dynalite/db/index.js';
import { expect, it } from 'vitest';
import { writeIndexesAtomically } from '../src/aws/atomic-indexes.ts';

const table = {
  TableName: 'things',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: ['pk', 'status'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-status',
      KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
const item = (status: string) => ({ pk: { S: 'a' }, status: { S: status } });

function batchesOf(existing?: object, next?: object): Operation[][] {
  const batches: Operation[][] = [];
  const store = {
    db: {
      batch(operations: Operation[], done: () => void) {
        batches.push(operations);
        done();
      },
    },
  };
  writeIndexesAtomically();
  database.updateIndexes(store, table, existing as never, next as never, () => undefined);
  return batches;
}

const summary = (operations: Operation[] = []) =>
  operations.map(({ type, key, value }) => [type, key.split('~').slice(0, -1).join('~'), value?.['status']]);

it('writes the item, its new index entry and the removal of the old one in one batch', () => {
  const batches = batchesOf(item('old'), item('new'));
  expect(batches).toHaveLength(1);
  expect(summary(batches[0])).toEqual([
    ['del', expect.stringMatching(/^index-global~things~by-status/), undefined],
    ['put', expect.stringMatching(/^index-global~things~by-status/), { S: 'new' }],
    ['put', 'item-things', { S: 'new' }],
  ]);
});

it('removes an item with its index entry in one batch, and writes nothing where nothing is', () => {
  expect(batchesOf(item('old'), undefined).map((batch) => batch.map((one) => one.type))).toEqual([['del', 'del']]);
  expect(batchesOf()).toEqual([]);
});
