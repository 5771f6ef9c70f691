/** The state of each wallet: its trusted contacts, the offers pushed into it, and their ends. */
import type { Change, Delivery, Outcome, TrustedContact } from './changes.ts';

/** A delivery with its end; null while the exchange runs, or while it waits in the inbox. */
export interface WalletDelivery extends Delivery {
  readonly outcome: Outcome | null;
}

/** Wallets by external key; the settings define which wallets exist. */
export interface WalletBook {
  enter(change: Change): void;
  exists(wallet: string): boolean;
  wallets(): readonly string[];
  contacts(wallet: string): readonly TrustedContact[];
  contact(wallet: string, did: string): TrustedContact | undefined;
  nextContactId(): number;
  deliveries(wallet: string): readonly WalletDelivery[];
  delivery(id: string): WalletDelivery | undefined;
  /** How often each offer URI was put into a wallet. */
  pushesOf(offerUri: string): number;
}

interface Wallet {
  readonly contacts: Map<string, TrustedContact>;
  readonly deliveries: Map<string, WalletDelivery>;
}

interface Shelf {
  readonly wallets: Map<string, Wallet>;
  readonly walletOf: Map<string, string>;
  readonly pushes: Map<string, number>;
  lastContactId: number;
}

/** The journal may name a wallet that is no longer in the settings; its content is not shown. */
function enter(shelf: Shelf, change: Change): void {
  switch (change.type) {
    case 'contact':
      shelf.lastContactId = Math.max(shelf.lastContactId, change.contact.id);
      shelf.wallets.get(change.wallet)?.contacts.set(change.contact.did, change.contact);
      break;
    case 'delivered': {
      const { id, wallet, offerUri } = change.delivery;
      shelf.walletOf.set(id, wallet);
      shelf.pushes.set(offerUri, (shelf.pushes.get(offerUri) ?? 0) + 1);
      shelf.wallets.get(wallet)?.deliveries.set(id, { ...change.delivery, outcome: null });
      break;
    }
    case 'settled': {
      const wallet = shelf.wallets.get(shelf.walletOf.get(change.deliveryId) ?? '');
      const delivery = wallet?.deliveries.get(change.deliveryId);
      if (delivery !== undefined) wallet?.deliveries.set(delivery.id, { ...delivery, outcome: change.outcome });
      break;
    }
    default:
  }
}

/** Creates a book for these wallets. */
export function createWalletBook(externalKeys: readonly string[]): WalletBook {
  const shelf: Shelf = {
    wallets: new Map(externalKeys.map((key) => [key, { contacts: new Map(), deliveries: new Map() }])),
    walletOf: new Map(),
    pushes: new Map(),
    lastContactId: 0,
  };
  const { wallets } = shelf;
  return {
    enter: (change) => enter(shelf, change),
    exists: (wallet) => wallets.has(wallet),
    wallets: () => [...wallets.keys()],
    contacts: (wallet) => [...(wallets.get(wallet)?.contacts.values() ?? [])],
    contact: (wallet, did) => wallets.get(wallet)?.contacts.get(did),
    nextContactId: () => shelf.lastContactId + 1,
    deliveries: (wallet) => [...(wallets.get(wallet)?.deliveries.values() ?? [])],
    delivery: (id) => wallets.get(shelf.walletOf.get(id) ?? '')?.deliveries.get(id),
    pushesOf: (offerUri) => shelf.pushes.get(offerUri) ?? 0,
  };
}
