/** A restored table and AIR Kit, which knows no idempotency key: a credential that was issued after the backup is found, not repeated. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AirKitAccount, jobFor } from './air-kit-account.ts';
import { type EmbeddedTable, startEmbeddedTable } from './embedded-table.ts';
import { RestoredEnvironment } from './restored-environment.ts';

let table: EmbeddedTable;
let account: AirKitAccount;
beforeAll(async () => {
  [table, account] = await Promise.all([startEmbeddedTable(), AirKitAccount.start()]);
});
afterAll(() => Promise.all([table.close(), account.close()]));

test.each(['revoke', 'ignore'] as const)(
  'fault 67: under %s, an event after the backup is issued once',
  async (onDuplicate) => {
    const environment = await RestoredEnvironment.start(table, account.connect({ onDuplicate }));
    environment.world.clock.reach(new Date());
    const { holder, claims } = jobFor();
    const at = environment.at(-1);
    const backup = await environment.backup();
    const lost = await environment.issue('after', at, { holder, claims });
    const { live } = account.holding(holder);
    expect(account.holding(holder)).toEqual({ issuedEver: 1, live: expect.any(String) });

    await environment.lose();
    await environment.restore(backup);
    expect(await environment.issue('after', at, { holder, claims })).toBe(lost);
    expect(account.holding(holder)).toEqual({ issuedEver: 1, live });
    const record = await environment.ports().store.get(lost);
    expect(record).toMatchObject({ status: 'submitted', knownAs: live });
  },
);
