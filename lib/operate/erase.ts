/** Erase: deletes the remaining data of one holder from the table, and keeps what prevents replays (ids, fingerprints, keyed hashes). */

import { never } from '../issuance/due.ts';
import type { SlotKey } from '../issuance/ids.ts';
import type { Issuance } from '../issuance/issuance.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import { recordPages } from '../issuance/pages.ts';
import type { ProgramCatalog } from '../issuance/program.ts';
import { statusesWith } from '../issuance/status.ts';
import {
  type ErasedRecord,
  type EraseRecordPorts,
  type EraseWish,
  eraseRecord,
  type LeftAtProvider,
} from './erase-record.ts';
import type { Erasure } from './erasure.ts';
import { canonicalHolder, type HolderPorts, issuancesOfHolder, type OfHolder } from './issuances-of-holder.ts';

export interface ErasePorts extends Omit<EraseRecordPorts, 'erasure'>, HolderPorts {
  store: IssuanceStore;
  erasure: Erasure;
  /** The facts about a holder that a program's provider may store. */
  factsOf(program: string): readonly string[];
}

export interface EraseReport {
  /** Records whose holder and claims were deleted. */
  erased: number;
  /** Of these, issuances that were waiting and have ended. */
  ended: number;
  /** Records whose ids of a credential at the provider were deleted. */
  credentials: number;
  /** Slots whose credentials and issuances were deleted. */
  slots: number;
  /** Facts about the holder that were deleted. */
  facts: number;
  /** Issuances in progress at a provider: they lose holder and claims when they end. Repeat the erasure then. */
  underWay: number;
  /** The credentials at the provider, with the provider's ids, which are no longer stored here. */
  atProvider: LeftAtProvider[];
  /** Programs with `slotBy`, whose confirmed records are found only if another record still names the holder. */
  notDerived: string[];
}

const pageSize = 100;
/** In the order of the life cycle, so that an issuance that moves in the meantime is not missed. */
const withPersonalData = statusesWith('personalData', 'needed', 'retained');

/** Erases all data of the holder, of all programs and sources. Safe to repeat. */
export async function erase(holder: string, wish: EraseWish, ports: ErasePorts): Promise<EraseReport> {
  const run = new EraseRun(wish, ports);
  const own = new Set<SlotKey>();
  for await (const issuance of namedRecords(holder, ports)) {
    own.add(issuance.slot);
    await run.record(issuance);
  }
  const { slots, notDerived } = await issuancesOfHolder(holder, ports, own);
  for (const each of slots) await run.slot(each);
  return { ...run.report(), facts: await eraseFacts(holder, wish.dryRun, ports), notDerived };
}

/** The records that still name the holder. */
async function* namedRecords(holder: string, { store, programs }: ErasePorts): AsyncGenerator<Issuance> {
  for (const status of withPersonalData) {
    // Issuances that are never due again have already lost holder and claims.
    for await (const page of recordPages(store, { status, limit: pageSize, dueBefore: never })) {
      yield* page.filter((issuance) => isOf(holder, issuance, programs));
    }
  }
}

/**
 * Whether this is the canonical form of the holder in the record's program, or, while the holder is not looked up, the
 * directory's key.
 */
function isOf(holder: string, record: Pick<Issuance, 'program' | 'holder' | 'lookup'>, programs: ProgramCatalog) {
  if (record.holder === undefined) return record.lookup === holder;
  return record.holder === holder || record.holder === canonicalHolder(holder, record.program, programs);
}

/** One run: each record once, and each slot after none of its issuances is in progress. */
class EraseRun {
  readonly #wish: EraseWish;
  readonly #ports: ErasePorts;
  readonly #seen = new Map<string, ErasedRecord>();
  readonly #atProvider = new Map<string, LeftAtProvider>();
  #slots = 0;

  constructor({ dryRun, hear }: EraseWish, ports: ErasePorts) {
    this.#ports = ports;
    this.#wish = {
      dryRun,
      hear: (left) => {
        hear(left);
        this.#atProvider.set(left.id, left);
      },
    };
  }

  /** Whether nothing remains of it. */
  async record(issuance: Issuance): Promise<boolean> {
    const before = this.#seen.get(issuance.id);
    if (before !== undefined && !before.underWay) return true;
    const erased = await eraseRecord(issuance, this.#wish, this.#ports);
    this.#seen.set(issuance.id, erased);
    return !erased.underWay;
  }

  async slot({ slot, issuances }: OfHolder['slots'][number]): Promise<void> {
    let isQuiet = true;
    for (const issuance of issuances) isQuiet = (await this.record(issuance)) && isQuiet;
    const remembers = slot.receipts.length + slot.issuances.length + (slot.superseded?.ids.length ?? 0) > 0;
    // An issuance in progress needs its slot's list, and is found through it after it has ended.
    if (!isQuiet || !remembers) return;
    if (!this.#wish.dryRun) await this.#ports.erasure.forgetSlot(slot.key);
    this.#slots += 1;
  }

  report(): Omit<EraseReport, 'facts' | 'notDerived'> {
    const all = [...this.#seen.values()];
    return {
      erased: all.filter(({ dropped }) => dropped).length,
      ended: all.filter(({ ended }) => ended).length,
      credentials: all.filter(({ forgot }) => forgot).length,
      slots: this.#slots,
      underWay: all.filter(({ underWay }) => underWay).length,
      atProvider: [...this.#atProvider.values()],
    };
  }
}

/** The names of facts follow from the current configuration. */
async function eraseFacts(holder: string, dryRun: boolean, ports: ErasePorts): Promise<number> {
  const { erasure, programs, programNames, factsOf } = ports;
  const forgotten = new Set<string>();
  for (const name of programNames) {
    const written = canonicalHolder(holder, name, programs);
    const kept = written === undefined ? [] : await erasure.factsKept(written, factsOf(name));
    for (const fact of kept) {
      if (written !== undefined && !dryRun) await erasure.forgetFact(written, fact);
      forgotten.add(`${written}\n${fact}`);
    }
  }
  return forgotten.size;
}
