/** Makes dynalite write an item and its index entries in one LevelDB batch, so that a crash leaves no incomplete item. */
import database, { type Item, type Operation, type Table } from 'dynalite/db/index.js';

function indexOperations(table: Table, existing: Item | undefined, item: Item | undefined): Operation[] {
  const found: Operation[] = [];
  for (const kind of ['Local', 'Global'] as const) {
    const actions = database.getIndexActions(table[`${kind}SecondaryIndexes`] ?? [], existing, item, table);
    const prefix = (index: string): string => `index-${kind.toLowerCase()}~${table.TableName}~${index}~`;
    for (const gone of actions.deletes) found.push({ type: 'del', key: prefix(gone.index) + gone.key });
    for (const put of actions.puts) found.push({ type: 'put', key: prefix(put.index) + put.key, value: put.item });
  }
  return found;
}

/** Replaces dynalite's index update, which runs before each item write, with an update that also writes the item. */
export function writeIndexesAtomically(): void {
  database.updateIndexes = (store, table, existing, item, done) => {
    const either = item ?? existing;
    if (!either) return done();
    const key = `item-${table.TableName}~${database.createKey(either, table)}`;
    const write: Operation = item ? { type: 'put', key, value: item } : { type: 'del', key };
    store.db.batch([...indexOperations(table, existing, item), write], done);
  };
}
