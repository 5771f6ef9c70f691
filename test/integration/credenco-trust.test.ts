/** What a wallet says about direct issue decides: pushed, offered in its inbox, or not sent at all. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { viewOf } from '../../lib/issuance/view.ts';
import { retry } from '../../lib/operate/retry.ts';
import { credentialSettings } from '../../lib/providers/credenco/settings.ts';
import { endOf } from '../fakes/end-of.ts';
import { CredencoTestAccount } from './credenco-account.ts';
import { CredencoWorld } from './credenco-world.ts';

const register = { credential: { trust: 'register' as const } };
const inbox = { credential: { trust: 'register' as const, fallback: 'inbox' as const } };
const hour = 3600_000;

describe('fault 45: what the wallet says', () => {
  let account: CredencoTestAccount;

  beforeEach(async () => {
    account = await CredencoTestAccount.start();
  });
  afterEach(() => account.close());

  test.each([200, 'shown-in-409'] as const)('no, shown by %s: nothing is minted or pushed', async (existingContact) => {
    account.switch({ existingContact });
    const job = account.job({ holder: 'wary' });
    expect(await endOf(account.connect(register).submit(job))).toBe('wallet-refuses-direct-issue');
    expect(job.kept).toEqual([]);
    expect(account.sandbox.inspect().totals).toMatchObject({ offersMinted: 0, pushes: 0 });
  });

  test('no, to a contact it has just made: the same', async () => {
    account.switch({ grantsDirectIssue: false });
    const end = await endOf(account.connect(register).submit(account.job({ holder: 'stranger' })));
    expect(end).toBe('wallet-refuses-direct-issue');
    expect(account.calls('push')).toBe(0);
  });

  test.each([409, 422, 400] as const)('nothing (%i): pushed, and never trust-verified', async (existingContact) => {
    account.switch({ existingContact });
    const provider = account.connect(inbox);
    const job = account.job({ holder: 'wary' });
    const submission = await provider.submit(job);
    expect(submission).not.toHaveProperty('offered');
    await account.quiet();
    const standing = await provider.check(job.submitted(submission.receipt));
    expect(standing).toMatchObject({ state: 'confirmed', assurance: 'provider-reported' });
    expect(account.sandbox.inspect().totals).toMatchObject({ kept: 0, discarded: 1 });
  });

  test('its no or its silence is not remembered: the next issuance asks again, and hears a yes', async () => {
    account.switch({ existingContact: 409 });
    const job = account.job();
    expect((await account.connect(register).submit(job)).receipt).toMatchObject({ trust: 'assumed' });
    account.switch({ existingContact: 200 });
    expect((await account.connect(register).submit(account.job())).receipt).toMatchObject({ trust: 'verified' });
    expect(account.calls('trusted-contact')).toBe(2);
  });

  test('about another issuer: not believed, and nothing is minted', async () => {
    const changed: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).endsWith('/trusted-contacts')) return response;
      const shown = { ...((await response.json()) as object), did: 'did:web:other.example', directIssueAllowed: true };
      return Response.json(shown, { status: response.status });
    };
    const provider = account.connect({ ...register, fetch: changed });
    const end = await endOf(provider.submit(account.job({ holder: 'stranger' })));
    expect(end).toBe('provider-unavailable: no answer to the contact');
    account.switch({ existingContact: 'shown-in-409' });
    expect((await provider.submit(account.job())).receipt).toMatchObject({ trust: 'assumed' });
  });

  test('a fallback without asking the wallet is a mistake in the configuration', () => {
    const of = (trust: string) => credentialSettings.safeParse({ templateId: 'x', trust, fallback: 'inbox' }).success;
    expect([of('register'), of('assume')]).toEqual([true, false]);
  });
});

describe('fault 45: a wallet that says no, through the real use cases', () => {
  let world: CredencoWorld;
  afterEach(() => world.close());

  /** One company whose wallet has our issuer as a contact without the right to issue directly, and says so. */
  async function refused(connection: typeof register | typeof inbox): Promise<void> {
    const contact = { issuer: 'credenco', name: 'Credenco', directIssueAllowed: false };
    world = await CredencoWorld.start(1, connection, contact);
    world.account.switch({ existingContact: 200 });
    await world.accept(1);
  }

  const inboxOf = () => world.account.sandbox.inspect().wallets[0]?.inbox ?? [];

  test('fails with what to do; once the company allows it, a retry succeeds', async () => {
    await refused(register);
    const [failed] = await world.untilDone();
    expect(failed).toMatchObject({ status: 'failed', reason: { code: 'wallet-refuses-direct-issue' } });
    expect(failed && viewOf(failed).reason?.advice).toMatch(/allow direct issue/);
    expect(world.account.sandbox.inspect().totals).toMatchObject({ offersMinted: 0, pushes: 0 });
    world.account.switch({ existingContact: 409 });
    if (failed !== undefined) await retry(failed, world.ports());
    expect(await world.untilDone()).toMatchObject([{ status: 'confirmed', assurance: 'provider-reported' }]);
  });

  test('inbox: offered, not more; unconfirmed after the deadline, in words; accepted later, provider-reported', async () => {
    await refused(inbox);
    world.account.switch({ offerLifetimeMs: 100 * 24 * hour });
    const [offered] = await world.untilDone();
    expect(offered).toMatchObject({ status: 'submitted', offered: 'inbox' });
    expect(offered && viewOf(offered)).toMatchObject({ offered: 'inbox' });
    expect(inboxOf()).toHaveLength(1);
    world.world.clock.advance(25 * hour);
    const [parked] = await world.untilDone();
    expect(parked).toMatchObject({ status: 'unconfirmed', reason: { code: 'waits-in-inbox' } });
    expect(parked && viewOf(parked).reason?.title).toMatch(/offered in the wallet’s inbox/);
    const { url } = world.account.sandbox;
    await fetch(`${url}/_sandbox/wallets/company-0/inbox/${inboxOf()[0]?.deliveryId}/accept`, { method: 'POST' });
    const [confirmed] = await world.untilDone();
    expect(confirmed).toMatchObject({ status: 'confirmed', assurance: 'provider-reported', offered: 'inbox' });
    expect(confirmed && viewOf(confirmed).assuranceNote).toMatch(/accepted from there/);
    const { events } = world.world.announcer;
    const assuranceNote = expect.stringMatching(/offered in its inbox.*accepted from there/);
    expect(events).toMatchObject([
      { status: 'unconfirmed', offered: 'inbox', reason: { code: 'waits-in-inbox' } },
      { status: 'confirmed', offered: 'inbox', assurance: 'provider-reported', assuranceNote },
    ]);
    expect(JSON.stringify([confirmed && viewOf(confirmed), events])).not.toMatch(/deliver/i);
    expect(world.account.sandbox.inspect().totals).toMatchObject({ offersMinted: 1, credentialsIssued: 1, kept: 1 });
  });

  test('inbox: a lost push puts the same offer there again, and the holder accepts one credential', async () => {
    await refused(inbox);
    world.account.switch({
      inboxAcceptedAfterMs: 0,
      faults: { lost: { kind: 'drop', operation: 'push', next: 1, commit: false } },
    });
    expect(await world.untilDone()).toMatchObject([{ offered: 'inbox' }]);
    const { totals } = world.account.sandbox.inspect();
    expect(totals).toMatchObject({ offersMinted: 1, pushes: 1 });
  });
});
