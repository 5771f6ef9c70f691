/** The credentials: one live credential per holder and program, and all revoked credentials. */
import { randomBytes, randomUUID } from 'node:crypto';
import { openJournal } from '../kit/journal.ts';
import { sameHolderForm } from './holder-address.ts';

/** One issued credential; times in ms since the epoch. */
export interface Credential {
  readonly coreClaimHash: string;
  readonly vcId: string;
  readonly credentialId: string;
  readonly issuerDid: string;
  readonly email: string;
  readonly userUuid: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly issuedAt: number;
  readonly revokedAt: number | null;
}

/** A holder with the credentials of each program, oldest first. */
export interface Holder {
  readonly email: string;
  readonly userUuid: string;
  readonly programs: ReadonlyMap<string, readonly Credential[]>;
}

/** The inputs of an issue. */
type NewCredential = Pick<Credential, 'credentialId' | 'issuerDid' | 'email' | 'claims' | 'issuedAt'>;

/** The credentials and their holders; `issue` revokes the live credential of the same holder and program. */
export interface Ledger {
  live(email: string, credentialId: string): Credential | undefined;
  find(coreClaimHash: string): Credential | undefined;
  issue(credential: NewCredential): Credential;
  holders(): Iterable<Holder>;
  holder(email: string): Holder | undefined;
  totals(): { issued: number; revoked: number; live: number; users: number };
  close(): void;
}

interface KeptHolder extends Holder {
  readonly programs: Map<string, Credential[]>;
}

interface Books {
  readonly holders: Map<string, KeptHolder>;
  readonly byHash: Map<string, Credential>;
  revoked: number;
}

/** Adds an issued credential and revokes the previous credential; the journal's lines are replayed through this function. */
function enter(books: Books, credential: Credential): void {
  const { holders, byHash } = books;
  const { email, userUuid, credentialId, coreClaimHash } = credential;
  const holder = holders.get(email) ?? { email, userUuid, programs: new Map<string, Credential[]>() };
  const credentials = holder.programs.get(credentialId) ?? [];
  const last = credentials.pop();
  if (last !== undefined) {
    const gone = { ...last, revokedAt: credential.issuedAt };
    byHash.set(gone.coreClaimHash, gone);
    credentials.push(gone);
    books.revoked += 1;
  }
  credentials.push(credential);
  byHash.set(coreClaimHash, credential);
  holder.programs.set(credentialId, credentials);
  holders.set(email, holder);
}

function newCredential(books: Books, wanted: NewCredential): Credential {
  const email = sameHolderForm(wanted.email);
  return {
    ...wanted,
    email,
    coreClaimHash: randomBytes(32).toString('hex'),
    vcId: randomUUID(),
    userUuid: books.holders.get(email)?.userUuid ?? randomUUID(),
    revokedAt: null,
  };
}

/** Opens the ledger; with `stateFile` it survives the process. */
export function openLedger(stateFile: string | undefined): Ledger {
  const books: Books = { holders: new Map(), byHash: new Map(), revoked: 0 };
  const { holders, byHash } = books;
  const journal = openJournal<Credential>({
    file: stateFile,
    format: 'air-kit-sandbox/1',
    replay: (credential) => enter(books, credential),
  });
  return {
    // Issuing revokes the existing credential, so only the last credential of a program can be live.
    live: (email, credentialId) => holders.get(sameHolderForm(email))?.programs.get(credentialId)?.at(-1),
    find: (coreClaimHash) => byHash.get(coreClaimHash),
    issue: (wanted) => {
      const credential = newCredential(books, wanted);
      journal.append(credential);
      enter(books, credential);
      return credential;
    },
    holders: () => holders.values(),
    holder: (email) => holders.get(sameHolderForm(email)),
    totals: () => {
      const { revoked } = books;
      return { issued: byHash.size, revoked, live: byHash.size - revoked, users: holders.size };
    },
    close: () => journal.close(),
  };
}
