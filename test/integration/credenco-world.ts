/** The real use cases over in-memory ports, with our adapter of Credenco and its sandbox behind them. */

import { companyClaims } from '@issue-on-behalf/provider-sandboxes/test/credenco-backend';
import { worker } from '../../functions/worker/handler.ts';
import { accept } from '../../lib/accept/accept.ts';
import { confirm } from '../../lib/confirm/confirm.ts';
import type { Issuance } from '../../lib/issuance/issuance.ts';
import type { Programs } from '../../lib/issuance/program.ts';
import type { Provider } from '../../lib/issuance/provider.ts';
import { reconcile } from '../../lib/operate/reconcile/reconcile.ts';
import { credenco } from '../../lib/providers/credenco/credenco.ts';
import { type FaultHook, faulty } from '../fakes/faulty.ts';
import { World } from '../fakes/world.ts';
import { type Connection, CredencoTestAccount } from './credenco-account.ts';

const reconcileEveryMs = 5 * 60_000;

export class CredencoWorld {
  readonly world = new World();
  readonly account: CredencoTestAccount;
  readonly #provider: Provider;

  private constructor(account: CredencoTestAccount, connection: Connection) {
    this.account = account;
    account.now = () => this.world.clock.now();
    this.#provider = account.connect(connection);
  }

  /** With so many wallets that have this contact, and trust us without one, `company-0` and so on. */
  static async start(
    wallets: number,
    connection: Connection = {},
    contact: { issuer: string; name: string; directIssueAllowed?: boolean } = { issuer: 'credenco', name: 'Credenco' },
  ): Promise<CredencoWorld> {
    const trustedContacts = [contact];
    const account = await CredencoTestAccount.start({
      wallets: Array.from({ length: wallets }, (_, n) => ({ externalKey: `company-${n}`, trustedContacts })),
    });
    return new CredencoWorld(account, connection);
  }

  ports(hook: FaultHook = () => undefined) {
    return { ...this.world.ports(hook), programs: programsOf(faulty('provider', this.#provider, hook)) };
  }

  /** One event for each of so many wallets. Gives the issuances' ids. */
  async accept(count: number, ports = this.ports()): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const request = this.world.request({
        idempotencyKey: `event-${n}`,
        holder: `company-${n}`,
        claims: { ...companyClaims, id: String(n) },
      });
      ids.push((await accept(request, ports)).issuance.id);
    }
    return ids;
  }

  /** One batch through the worker; what it does not give back is deleted, as the event source does. */
  async turn(ports = this.ports()): Promise<void> {
    const { queue } = this.world;
    const messages = queue.receive();
    const { batchItemFailures } = await worker({ Records: messages }, ports);
    const back = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of messages) if (!back.has(message.messageId)) queue.delete(message);
    await this.account.quiet();
  }

  /** Works until nothing is waiting any more, or until that time; what waits in the table is woken by the reconciler. */
  async work(until = Number.POSITIVE_INFINITY): Promise<void> {
    const { queue, clock, store } = this.world;
    const now = () => clock.now().getTime();
    for (;;) {
      const next = queue.nextVisibleAt;
      const waits =
        next !== undefined || store.all().some(({ status }) => status === 'queued' || status === 'submitting');
      if (!waits || Math.max(now(), next?.getTime() ?? 0) > until) return;
      if (next === undefined) {
        clock.advance(reconcileEveryMs);
        await reconcile(new Date(now() + reconcileEveryMs), this.ports());
      } else {
        clock.reach(next);
        await this.turn();
      }
    }
  }

  /** Works until nothing is waiting any more, then asks about everything once. */
  async untilDone(): Promise<Issuance[]> {
    const { clock, store } = this.world;
    await this.work();
    const ids = store.all().map(({ id }) => id);
    await confirm({ ids, startedAt: clock.now().toISOString(), round: 0 }, this.ports());
    return store.all();
  }

  close(): Promise<void> {
    return this.account.close();
  }
}

function programsOf(provider: Provider): Programs {
  return {
    find: (name) => ({
      name,
      slotBy: [],
      coalesceSeconds: 0,
      canonicalHolder: credenco.canonicalHolder,
      checkClaims: async () => undefined,
    }),
    provider: () => provider,
  };
}
