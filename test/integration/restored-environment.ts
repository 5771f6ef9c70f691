/** An environment over a table of its own that a test backs up, loses and restores. */
import { randomBytes, randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { accept } from '../../lib/accept/accept.ts';
import { mindfulOfRestoration } from '../../lib/accept/restored-table.ts';
import { issuanceTable } from '../../lib/aws/issuance-table.ts';
import { pseudonyms } from '../../lib/aws/pseudonyms.ts';
import { beginRestoration, endRestoration, restoreItems } from '../../lib/aws/restore-table.ts';
import { cachedSecret } from '../../lib/aws/secrets.ts';
import { slotTable } from '../../lib/aws/slot-table.ts';
import { markKnownMs, tableMark } from '../../lib/aws/table-mark.ts';
import { confirm } from '../../lib/confirm/confirm.ts';
import type { NamedRequest } from '../../lib/issuance/identity.ts';
import type { IssuanceId } from '../../lib/issuance/ids.ts';
import type { Provider } from '../../lib/issuance/provider.ts';
import { submit } from '../../lib/submit/submit.ts';
import { refuse } from '../fakes/refuse-record.ts';
import { SingleProgram } from '../fakes/single-program.ts';
import { World } from '../fakes/world.ts';
import type { EmbeddedTable } from './embedded-table.ts';

const minute = 60_000;

/** An environment over its own table, whose provider keeps books. */
export class RestoredEnvironment {
  readonly name = `environment-${randomUUID()}`;
  readonly world = new World();
  key = randomBytes(48).toString('hex');
  readonly #table: EmbeddedTable;
  readonly #provider: Provider;

  private constructor(table: EmbeddedTable, provider: Provider) {
    this.#table = table;
    this.#provider = provider;
  }

  static async start(table: EmbeddedTable, provider: Provider): Promise<RestoredEnvironment> {
    const environment = new RestoredEnvironment(table, provider);
    await table.another(environment.name);
    return environment;
  }

  /** The ports of a new container. */
  ports() {
    const { world, name } = this;
    const now = () => world.clock.now();
    const mark = tableMark(this.#table.client, name, now);
    const store = issuanceTable(this.#table.client, name, refuse);
    return {
      ...world.ports(),
      store: { ...store, ...mindfulOfRestoration(store, mark) },
      slots: slotTable(this.#table.client, name),
      pseudonyms: pseudonyms(this.secret(), mark),
      programs: new SingleProgram(this.#provider),
    };
  }

  secret() {
    const times = { freshMs: Infinity, staleMs: Infinity, refreshEveryMs: 5000 };
    return cachedSecret(
      async () => ({ version: '1', text: this.key }),
      times,
      () => this.world.clock.now(),
    );
  }

  async accept(event: string, occurredAt = this.at(-1), more: Partial<NamedRequest> = {}): Promise<IssuanceId> {
    const request = this.world.request({ idempotencyKey: event, holder: `${event}@example.com`, occurredAt, ...more });
    return (await accept(request, this.ports())).issuance.id;
  }

  /** An event that arrives and is submitted by a worker. */
  async issue(event: string, occurredAt?: string, more?: Partial<NamedRequest>): Promise<IssuanceId> {
    const id = await this.accept(event, occurredAt, more);
    await submit(id, 1, this.ports());
    return id;
  }

  /** The provider confirms it, so that its slot is free. */
  async confirm(id: IssuanceId): Promise<void> {
    await confirm({ ids: [id], startedAt: this.at(0), round: 0, holds: {} }, this.ports());
  }

  /** The time this many minutes from now. */
  at(minutes: number): string {
    return new Date(this.world.clock.now().getTime() + minutes * minute).toISOString();
  }

  /** Copies the table to a new one, as a restoration of a backup of this moment does. */
  async backup(): Promise<{ from: string; lostSince: string }> {
    const from = `${this.name}-backup`;
    await this.#table.another(from);
    for (const item of await this.#items())
      await this.#table.client.send(new PutCommand({ TableName: from, Item: item }));
    return { from, lostSince: this.at(0) };
  }

  async lose(which: (pk: string) => boolean = () => true): Promise<void> {
    for (const { pk } of await this.#items()) {
      if (which(pk)) await this.#table.client.send(new DeleteCommand({ TableName: this.name, Key: { pk } }));
    }
  }

  async restore(backup: { from: string; lostSince: string }, dryRun = false) {
    if (!dryRun) await beginRestoration(this.#table.client, this.name, backup.lostSince);
    const report = await restoreItems({ ...backup, to: this.name, dryRun }, this.#table.client, () => undefined);
    if (!dryRun) await endRestoration(this.#table.client, this.name, this.at(0));
    this.world.clock.advance(markKnownMs);
    return report;
  }

  async #items(): Promise<{ pk: string }[]> {
    const { Items = [] } = await this.#table.client.send(
      new ScanCommand({ TableName: this.name, ConsistentRead: true }),
    );
    return Items as { pk: string }[];
  }
}
