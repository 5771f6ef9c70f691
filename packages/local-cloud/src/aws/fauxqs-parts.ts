/** The internal parts of fauxqs: its public start function listens on every interface, which is not allowed here. */

/** The store of queues, as far as it is used here. */
interface SqsStore {
  persistence?: Persistence;
  region?: string;
  allQueues(): Iterable<SqsQueue>;
  getQueueByName(name: string): SqsQueue | undefined;
  createQueue(name: string, url: string, arn: string, attributes: Record<string, string>): SqsQueue;
}

/** One queue, as far as it is used here. */
interface SqsQueue {
  persistence?: Persistence;
  attributes: Record<string, string>;
  setAttributes(attributes: Record<string, string>): void;
}

/** The SQLite file behind the stores. */
export interface Persistence {
  db: { exec(sql: string): void; prepare(sql: string): { run(...values: unknown[]): unknown; all(): unknown[] } };
  updateMessageReady(messageId: string): void;
  load(sqs: SqsStore, sns: object, s3: object): void;
  close(): void;
}

/** The store of buckets, as far as it is used here. */
interface S3Store {
  persistence?: Persistence;
  createBucket(name: string): void;
}

/** A request as its hooks see it. */
export interface AppRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

interface AppReply {
  code(status: number): AppReply;
  headers(headers: Record<string, string>): AppReply;
  send(body: string): PromiseLike<unknown>;
}

/** The server, as far as it is used here. */
export interface App {
  server: { keepAliveTimeout: number };
  addHook(name: 'preHandler', hook: (request: AppRequest, reply: AppReply) => Promise<void>): void;
  listen(options: { port: number; host: string }): Promise<string>;
  close(): Promise<void>;
}

/** The components of fauxqs. */
export interface FauxqsParts {
  buildApp: (options: { logger: boolean; defaultRegion: string; stores: object }) => App;
  SqsStore: new () => SqsStore;
  SnsStore: new () => object;
  S3Store: new () => S3Store;
  PersistenceManager: new (folder: string) => Persistence;
}

/** Loads the components of the installed version, which package.json pins exactly. */
export async function loadFauxqsParts(): Promise<FauxqsParts> {
  const load = async (file: string): Promise<FauxqsParts> =>
    (await import(new URL(file, import.meta.resolve('fauxqs')).href)) as FauxqsParts;
  const [{ buildApp }, { SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = (await Promise.all(
    ['./app.js', './sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js', './persistence.js'].map(load),
  )) as [FauxqsParts, FauxqsParts, FauxqsParts, FauxqsParts, FauxqsParts];
  return { buildApp, SqsStore, SnsStore, S3Store, PersistenceManager };
}
