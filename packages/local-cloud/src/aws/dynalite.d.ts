/** The parts of dynalite that are used here; it has no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    path: string;
    createTableMs: number;
    deleteTableMs: number;
    updateTableMs: number;
  }

  /** Creates an HTTP server that speaks DynamoDB's protocol over a LevelDB folder. */
  export default function dynalite(options: Options): Server;
}

declare module 'dynalite/db/index.js' {
  type Item = Record<string, unknown>;
  type Done = (error?: Error | null) => void;

  interface Table {
    TableName: string;
    LocalSecondaryIndexes?: object[];
    GlobalSecondaryIndexes?: object[];
  }

  interface Operation {
    type: 'put' | 'del';
    key: string;
    value?: Item;
  }

  interface Store {
    db: { batch(operations: Operation[], done: Done): void };
  }

  interface Database {
    createKey(item: Item, table: Table): string;
    getIndexActions(
      indexes: object[],
      existing: Item | undefined,
      item: Item | undefined,
      table: Table,
    ): { puts: { index: string; key: string; item: Item }[]; deletes: { index: string; key: string }[] };
    updateIndexes(store: Store, table: Table, existing: Item | undefined, item: Item | undefined, done: Done): void;
  }

  const database: Database;

  export type { Item, Operation, Table };
  export default database;
}
