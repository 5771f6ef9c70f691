/** The sandbox's state: every change is written to the journal and applied to the books, and replayed at the next start. */
import type { JWK } from 'jose';
import { type Journal, openJournal } from '../../kit/journal.ts';
import type { Change } from './changes.ts';
import { createOfferBook, type OfferBook } from './offer-book.ts';
import { newPrivateJwk, type SigningKey, signingKeyFrom } from './signing-key.ts';
import { createWalletBook, type WalletBook } from './wallet-book.ts';

/** The books, and the only way to change them. */
export interface Ledger {
  readonly offers: OfferBook;
  readonly wallets: WalletBook;
  /** The key of an issuer or a holder, such as `issuer:credenco`; throws for an unknown owner. */
  key(owner: string): SigningKey;
  record(change: Change): void;
  close(): void;
}

interface Keys {
  readonly kept: Map<string, JWK>;
  readonly ready: Map<string, SigningKey>;
}

async function prepareKeys(keys: Keys, owners: readonly string[], journal: Journal<Change>): Promise<void> {
  for (const owner of owners) {
    let jwk = keys.kept.get(owner);
    if (jwk === undefined) {
      jwk = await newPrivateJwk();
      journal.append({ type: 'key', owner, jwk });
    }
    keys.ready.set(owner, await signingKeyFrom(jwk));
  }
}

/** Opens the books; with `stateFile` they survive the process. `owners` are the names that need a key. */
export async function openLedger(options: {
  readonly stateFile: string | undefined;
  readonly wallets: readonly string[];
  readonly owners: readonly string[];
}): Promise<Ledger> {
  const offers = createOfferBook();
  const wallets = createWalletBook(options.wallets);
  const keys: Keys = { kept: new Map(), ready: new Map() };
  const enter = (change: Change) => {
    if (change.type === 'key') keys.kept.set(change.owner, change.jwk);
    offers.enter(change);
    wallets.enter(change);
  };
  const journal = openJournal<Change>({ file: options.stateFile, format: 'credenco-sandbox/1', replay: enter });
  await prepareKeys(keys, options.owners, journal);
  return {
    offers,
    wallets,
    key: (owner) => {
      const key = keys.ready.get(owner);
      if (key === undefined) throw new Error(`no key for ${owner}`);
      return key;
    },
    record: (change) => {
      journal.append(change);
      enter(change);
    },
    close: () => journal.close(),
  };
}
