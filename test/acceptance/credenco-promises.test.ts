/** Company credentials watched from outside: kept where we are trusted, and never claimed to be where we cannot know. */

import type { Inspection } from '@issue-on-behalf/provider-sandboxes/credenco';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  coolSoft,
  inspectCredenco,
  keptOf,
  registration,
  registrations,
  switchCredenco,
  verifiedClaims,
} from './companies.ts';
import { sendAll, tally, untilEnded, type View } from './events.ts';
import { type LocalProcess, localProcess } from './local-process.ts';

let system: LocalProcess;

beforeAll(async () => {
  system = localProcess();
  await system.start();
}, 150_000);
afterAll(() => system.stop());

async function issue(key: string, program: string, holder: string): Promise<View | undefined> {
  const ids = await sendAll([registration(key, program, holder)], system);
  const [view] = await untilEnded(
    ids.filter((id) => id !== undefined),
    system,
  );
  return view;
}

async function walletOf(externalKey: string) {
  const { wallets } = await inspectCredenco(system);
  return wallets.find((wallet) => wallet.externalKey === externalKey);
}

describe('one company credential', () => {
  test('is in the trusting wallet with the right claims, its signature good against the DID document', async () => {
    const view = await issue('trusting', 'company-data', 'coolsoft-bv');
    // The contact exists already, and the sandbox says no more than that.
    expect(view).toMatchObject({ status: 'confirmed', assurance: 'provider-reported' });
    expect(view?.receipt?.['revocationUuid']).toMatch(/^[0-9a-f-]{36}$/);
    const { credentials = [], discarded } = (await walletOf('coolsoft-bv')) ?? {};
    expect(discarded).toEqual([]);
    expect(credentials).toMatchObject([{ correlationId: view?.id, claims: coolSoft }]);
    for (const { sdJwt, didDocument } of credentials) {
      expect(new URL(didDocument).origin).toBe(system.credenco);
      expect(await verifiedClaims(sdJwt, didDocument)).toEqual(coolSoft);
    }
  });

  test('is kept by a wallet that did not know us, once we have made ourselves a contact', async () => {
    const view = await issue('introduced', 'company-data', 'windmill-bv');
    expect(view).toMatchObject({ status: 'confirmed', assurance: 'trust-verified' });
    expect(await walletOf('windmill-bv')).toMatchObject({ credentials: [{ claims: coolSoft }], discarded: [] });
  });

  test('is discarded by a wallet that does not trust us, and our record does not say more than we know', async () => {
    const view = await issue('assumed', 'company-data-assumed', 'tulip-bv');
    expect(view).toMatchObject({ status: 'confirmed', assurance: 'provider-reported' });
    expect(view?.assuranceNote).toContain('it may have discarded it');
    expect(JSON.stringify(view)).not.toMatch(/deliver/i);
    expect(await walletOf('tulip-bv')).toMatchObject({
      credentials: [],
      discarded: [{ correlationId: view?.id, reason: 'issuer-not-trusted', signatureVerified: true }],
    });
  });

  test('for a wallet that does not exist fails, and says so', async () => {
    const view = await issue('nobody', 'company-data', 'no-such-wallet');
    expect(view).toMatchObject({ status: 'failed', reason: { code: 'wallet-unknown' } });
  });

  test('is never begun with a key that cannot be one, or claims that do not fit', async () => {
    const long = { ...coolSoft, issuing_country: 'NLD' };
    const refused = [
      registration('dots', 'company-data', 'a/../b'),
      registration('control', 'company-data', 'a\u0007b'),
      registration('claims', 'company-data', 'coolsoft-bv', long),
    ];
    expect(await sendAll(refused, system)).toEqual([undefined, undefined, undefined]);
  });
});

/** The offers of one event, under the id of its issuance and those that follow it when that is used up. */
function offersOf({ issuances }: Inspection, id: string) {
  const own = issuances.filter(({ correlationId }) => correlationId === id || correlationId.startsWith(`${id}.`));
  return own.flatMap(({ offers }) => offers);
}

describe('answers lost after the commit, over 50 issuances', () => {
  const fifty = Array.from({ length: 50 }, (_, index) => index);

  test.each([
    ['mint', 'same'],
    ['mint', 'new'],
    ['mint', 'conflict'],
    ['push', 'same'],
  ] as const)('of the %s, repeated ids: %s', { timeout: 600_000 }, async (operation, repeatedCorrelationId) => {
    const run = `${operation}-${repeatedCorrelationId}`;
    // Every second one: a provider that never answers is left alone for a while, as it should be.
    const lost = { kind: 'drop', operation, every: 2, next: 25 };
    await switchCredenco(system, { repeatedCorrelationId, faults: { lost } });
    const ids = (await sendAll(registrations(50, run), system)).filter((id) => id !== undefined);
    expect(tally(await untilEnded(ids, system))).toEqual({ confirmed: 50 });
    const inspection = await inspectCredenco(system);
    expect(inspection.faults['lost']?.injected).toBe(25);
    expect(keptOf(inspection, run)).toEqual(fifty.map((index) => `${run}-${index}`).sort());
    // How many offers stay behind depends on which mints are struck, and on whether this machine hears an answer in time:
    // credenco-losses.test.ts counts them. What holds at any speed is that of each event one was pushed, and used once.
    const offers = ids.map((id) => offersOf(inspection, id));
    for (const each of offers) expect(each.filter(({ pushes }) => pushes > 0)).toMatchObject([{ used: true }]);
    const leftBehind = offers.flat().length - 50;
    if (repeatedCorrelationId === 'same') expect(leftBehind).toBe(0);
    else expect(leftBehind).toBeGreaterThan(0);
  });

  afterEach(() => switchCredenco(system, { repeatedCorrelationId: null, faults: { lost: null } }));
});
