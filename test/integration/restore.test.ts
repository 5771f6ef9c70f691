/** A table restored from its backup: whatever was lost, no event that comes again is issued again. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accept } from '../../lib/accept/accept.ts';
import { checkValueOf } from '../../lib/aws/pseudonyms.ts';
import { beginRestoration, endRestoration, keyCheckOf, restoreItems } from '../../lib/aws/restore-table.ts';
import { tableMark } from '../../lib/aws/table-mark.ts';
import { slotKey } from '../../lib/issuance/ids.ts';
import { submit } from '../../lib/submit/submit.ts';
import { HonestProvider } from '../fakes/honest-provider.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';
import { RestoredEnvironment } from './restored-environment.ts';

let table: EmbeddedTable;
beforeAll(async () => {
  table = await startEmbeddedTable();
});
afterAll(() => table.close());

const minute = 60_000;
let environment: RestoredEnvironment;
let provider: HonestProvider;
beforeEach(async () => {
  provider = new HonestProvider();
  environment = await RestoredEnvironment.start(table, provider);
});

/** How often each event was issued. */
function issued(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { holder } of provider.issued) {
    const [event = ''] = holder.split('@');
    counts[event] = (counts[event] ?? 0) + 1;
  }
  return counts;
}

describe('fault 67: the table is restored from its backup', () => {
  test('no event that comes again is issued again: neither one of the backup, nor one after it', async () => {
    const times = new Map<string, string>();
    const happened = (event: string) => {
      times.set(event, times.get(event) ?? environment.at(-1));
      return times.get(event);
    };
    for (const event of ['before-1', 'before-2']) await environment.issue(event, happened(event));
    await environment.accept('waiting', happened('waiting'));
    await environment.accept('untouched', happened('untouched'));
    const backup = await environment.backup();
    environment.world.clock.advance(10 * minute);
    // After the backup: one that was queued in it is issued, and one arrives that it does not know.
    await environment.issue('waiting', happened('waiting'));
    await environment.issue('after', happened('after'));
    const once = { 'before-1': 1, 'before-2': 1, waiting: 1, after: 1 };
    expect(issued()).toEqual(once);
    environment.world.clock.advance(10 * minute);
    await environment.lose();

    const report = await environment.restore(backup);
    expect(report).toMatchObject({ restored: report.read - report.skipped, present: 0, inDoubt: 2, skipped: 1 });
    for (const [event, at] of times) await environment.issue(event, at);
    expect(issued()).toEqual({ ...once, untouched: 1 });
    // And once more, as senders do.
    for (const [event, at] of times) await environment.issue(event, at);
    expect(issued()).toEqual({ ...once, untouched: 1 });
    await environment.issue('new', environment.at(0));
    expect(issued()).toEqual({ ...once, untouched: 1, new: 1 });
  });

  test('without a restoration, an event after the backup would be issued again', async () => {
    const at = environment.at(-1);
    const { from } = await environment.backup();
    await environment.issue('after', at);
    await environment.lose();
    const wish = { from, to: environment.name, lostSince: environment.at(0), dryRun: false };
    await restoreItems(wish, table.client, () => undefined);
    await environment.issue('after', at);
    expect(issued()).toEqual({ after: 2 });
  });

  test('what the table still has is left as it is', async () => {
    const lost = await environment.issue('lost');
    const kept = await environment.accept('kept');
    const backup = await environment.backup();
    await environment.issue('kept');
    const { store } = environment.ports();
    const newest = await store.get(kept);
    expect(newest?.status).toBe('submitted');
    await environment.lose((pk) => pk === `ISSUANCE#${lost}`);
    expect(await environment.restore(backup, true)).toMatchObject({ restored: 1, present: 3, inDoubt: 0 });
    expect(await store.get(lost)).toBeUndefined();
    expect(await environment.restore(backup)).toMatchObject({ restored: 1, present: 3, inDoubt: 0 });
    expect([await store.get(kept), (await store.get(lost))?.status]).toEqual([newest, 'submitted']);
    expect(await environment.restore(backup)).toMatchObject({ restored: 0, present: 4 });
  });

  test('a slot that was made again since does not let an older event follow a newer one', async () => {
    const request = { holder: 'ada@example.com' };
    const newest = environment.at(-1);
    const { world } = environment;
    await accept(world.request({ ...request, idempotencyKey: 'newer', occurredAt: newest }), environment.ports());
    const backup = await environment.backup();
    await environment.lose();
    const older = world.request({ ...request, idempotencyKey: 'older', occurredAt: environment.at(-30) });
    const { issuance } = await accept(older, environment.ports());
    await environment.restore(backup);
    await submit(issuance.id, 1, environment.ports());
    expect((await environment.ports().store.get(issuance.id))?.status).toBe('superseded');
    expect(issued()).toEqual({});
  });

  test('a slot that was made again since keeps what both know, and refuses no restored record its worker', async () => {
    const { world } = environment;
    const issueFor = async (event: string) => {
      const request = world.request({
        holder: 'ada@example.com',
        idempotencyKey: event,
        occurredAt: environment.at(-1),
      });
      const { issuance } = await accept(request, environment.ports());
      await submit(issuance.id, 1, environment.ports());
      await environment.confirm(issuance.id);
      world.clock.advance(10 * minute);
      return environment.ports().store.get(issuance.id);
    };
    for (const event of ['first', 'second', 'third']) await issueFor(event);
    const backup = await environment.backup();
    await environment.lose();
    const after = await issueFor('after');
    expect(after?.attempt?.fence).toBe(1);
    await environment.restore(backup);
    const next = await issueFor('next');
    expect([next?.status, next?.attempt?.fence]).toEqual(['confirmed', 4]);
    const slot = await environment.ports().slots.get(slotKey(String(next?.slot)));
    expect(slot?.receipts).toEqual(['credential-1', 'credential-2', 'credential-3', 'credential-4', 'credential-5']);
    expect(new Set(slot?.issuances).size).toBe(5);
    // Again, with nothing to merge.
    const merged = await environment.ports().slots.get(slotKey(String(next?.slot)));
    await environment.restore(backup);
    expect(await environment.ports().slots.get(slotKey(String(next?.slot)))).toEqual(merged);
  });

  test('a slot without a lease takes the lease of the backup', async () => {
    const request = { holder: 'ada@example.com' };
    await environment.confirm(await environment.issue('before', environment.at(-1), request));
    const backup = await environment.backup();
    await environment.lose();
    const id = await environment.accept('waiting', environment.at(0), request);
    const { slot } = (await environment.ports().store.get(id)) ?? {};
    await environment.restore(backup);
    const { lease } = (await environment.ports().slots.get(slotKey(String(slot)))) ?? {};
    expect(lease).toMatchObject({ token: 1, owner: expect.stringMatching(/^iss_/) });
    await submit(id, 1, environment.ports());
    expect((await environment.ports().store.get(id))?.attempt?.fence).toBe(2);
  });

  test('while it runs, nothing is accepted, and the sender repeats', async () => {
    await beginRestoration(table.client, environment.name, environment.at(-5));
    await expect(environment.accept('meanwhile')).rejects.toMatchObject({ code: 'service-unavailable' });
    await endRestoration(table.client, environment.name, environment.at(0));
    expect(await environment.accept('meanwhile')).toMatch(/^iss_/);
  });

  test('a second restoration goes back to the older of the two backups', async () => {
    const [older, newer] = [environment.at(-60), environment.at(-5)];
    const { client } = table;
    for (const at of [newer, older, newer]) {
      await beginRestoration(client, environment.name, at);
      await endRestoration(client, environment.name, environment.at(0));
    }
    const mark = tableMark(client, environment.name, () => new Date());
    expect(await mark.restoration()).toEqual({ lostSince: older, restoredAt: environment.at(0) });
  });
});

describe('fault 67: the pseudonym key is lost', () => {
  test('under another key nothing is accepted, and under the restored key nothing is issued again', async () => {
    const at = environment.at(-1);
    const id = await environment.issue('known', at);
    const { key } = environment;
    environment.key = randomBytes(48).toString('hex');
    await expect(environment.issue('known', at)).rejects.toMatchObject({ code: 'service-unavailable' });
    await expect(environment.ports().pseudonyms.of('holder', 'ada')).rejects.toMatchObject({
      code: 'secret-unavailable',
      detail: 'the pseudonym key is not the key of this table',
    });
    environment.key = key;
    expect(await environment.issue('known', at)).toBe(id);
    expect(issued()).toEqual({ known: 1 });
  });

  test('a container that has read a wrong key goes on once the key is restored', async () => {
    await environment.issue('known');
    const { key } = environment;
    environment.key = randomBytes(48).toString('hex');
    const { pseudonyms } = environment.ports();
    await expect(pseudonyms.of('holder', 'ada')).rejects.toMatchObject({ code: 'secret-unavailable' });
    environment.key = key;
    environment.world.clock.advance(6000);
    expect(await pseudonyms.of('holder', 'ada')).toBe(await environment.ports().pseudonyms.of('holder', 'ada'));
  });

  test('another key gives every event another id: without the check it would be issued again', async () => {
    const at = environment.at(-1);
    const id = await environment.issue('known', at);
    await environment.lose((pk) => pk === 'TABLE');
    environment.key = randomBytes(48).toString('hex');
    expect(await environment.issue('known', at)).not.toBe(id);
    expect(issued()).toEqual({ known: 2 });
  });

  test('a backup names its key, so that it is not restored under another', async () => {
    await environment.issue('known');
    const { from } = await environment.backup();
    expect(await keyCheckOf(table.client, from)).toBe(await checkValueOf(environment.secret()));
    environment.key = randomBytes(48).toString('hex');
    expect(await keyCheckOf(table.client, from)).not.toBe(await checkValueOf(environment.secret()));
  });
});
