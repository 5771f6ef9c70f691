/** Processes the offers pushed into wallets: unattended exchanges in the background, other offers when they are accepted. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { Refusal } from '../../kit/refusal.ts';
import type { Delivery, Outcome } from '../books/changes.ts';
import type { WalletDelivery } from '../books/wallet-book.ts';
import type { ProviderState } from '../provider-state.ts';
import { decideUnattended } from './decide.ts';
import { exchange } from './exchange.ts';
import { verifyCredential } from './verify-credential.ts';
import { walletFetch } from './wallet-fetch.ts';

/** Receives and processes offers; `close` leaves exchanges in progress to the next start. */
export interface Deliveries {
  deliver(wallet: string, offerUri: string, unattended: boolean): Delivery;
  /** The holder accepts an offer from the inbox; throws a Refusal (404, 409). */
  accept(wallet: string, deliveryId: string): Promise<Outcome>;
  /** Resumes the unattended exchanges of an earlier process. */
  resume(): void;
  close(): Promise<void>;
}

const atOnce = 16;

function failure(reason: 'exchange-failed' | 'not-verified', error: unknown, at: number): Outcome {
  const explanation = error instanceof Error ? error.message : String(error);
  return { kept: false, at, reason, explanation, credential: null };
}

/** Performs the exchange and decides; a failure is an outcome too. */
async function outcomeOf(delivery: Delivery, state: ProviderState, request: typeof fetch): Promise<Outcome> {
  const holder = state.ledger.key(`holder:${delivery.wallet}`);
  const exchanged = await exchange(delivery.offerUri, holder, request).catch((error: unknown) => ({ error }));
  if ('error' in exchanged) return failure('exchange-failed', exchanged.error, state.now());
  const { sdJwt, vct } = exchanged;
  const expected = { holderThumbprint: holder.thumbprint, vct, now: state.now(), fetch: request };
  const credential = await verifyCredential(sdJwt, expected).catch((error: unknown) => ({ error }));
  if ('error' in credential) return failure('not-verified', credential.error, state.now());
  // An attending holder decides alone; for unattended offers the trusted contacts decide.
  if (!delivery.unattended) return { kept: true, at: state.now(), attended: true, credential };
  return decideUnattended(credential, state.ledger.wallets.contact(delivery.wallet, credential.iss), state.now());
}

/** False if closing has ended the wait early. */
async function waited(ms: number, closing: AbortSignal): Promise<boolean> {
  return await sleep(ms, true, { signal: closing }).catch(() => false);
}

/** Creates the deliveries; they can run only after the sandbox listens. */
export function createDeliveries(state: ProviderState): Deliveries {
  const closing = new AbortController();
  const request = walletFetch(closing.signal);
  const queue = new PQueue({ concurrency: atOnce });
  const accepting = new Set<string>();
  const { ledger } = state;
  const settle = async (delivery: Delivery) => {
    const outcome = await outcomeOf(delivery, state, request);
    if (!closing.signal.aborted) ledger.record({ type: 'settled', deliveryId: delivery.id, outcome });
    return outcome;
  };
  const start = (delivery: Delivery) =>
    void queue.add(async () => {
      if (await waited(state.switches().exchangeDelayMs, closing.signal)) await settle(delivery);
    });
  /** The holder accepts offers from the inbox, if a switch says so. */
  const startAttended = (delivery: Delivery) => {
    const afterMs = state.switches().inboxAcceptedAfterMs;
    if (afterMs === undefined) return;
    void queue.add(async () => {
      if (await waited(afterMs, closing.signal)) await accept(delivery.wallet, delivery.id).catch(() => undefined);
    });
  };
  const accept = async (wallet: string, deliveryId: string) => {
    const delivery = waitingIn(ledger.wallets.delivery(deliveryId), wallet);
    if (accepting.has(deliveryId)) throw new Refusal(409, 'the offer is being accepted');
    accepting.add(deliveryId);
    return await settle(delivery).finally(() => accepting.delete(deliveryId));
  };
  return {
    deliver: (wallet, offerUri, unattended) => {
      const delivery = { id: randomUUID(), wallet, offerUri, unattended, deliveredAt: state.now() };
      ledger.record({ type: 'delivered', delivery });
      if (unattended) start(delivery);
      else startAttended(delivery);
      return delivery;
    },
    accept,
    resume: () => {
      const left = ledger.wallets.wallets().flatMap((wallet) => ledger.wallets.deliveries(wallet));
      for (const delivery of left) if (delivery.unattended && delivery.outcome === null) start(delivery);
    },
    close: async () => {
      closing.abort();
      await queue.onIdle();
    },
  };
}

function waitingIn(delivery: WalletDelivery | undefined, wallet: string): Delivery {
  if (delivery?.wallet !== wallet || delivery.unattended) throw new Refusal(404, 'no such offer in this inbox');
  if (delivery.outcome !== null) throw new Refusal(409, 'the offer has been accepted already');
  return delivery;
}
