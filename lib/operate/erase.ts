/** Erase: what is left of one holder leaves the table; what stops replays stays (ids, fingerprints, keyed names). */
import { never } from '../issuance/due.ts';
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
  /** What a program's provider may have us remember of a holder. */
  factsOf(program: string): readonly string[];
}

export interface EraseReport {
  /** Records that dropped holder and claims. */
  erased: number;
  /** Of these, issuances that waited and will not happen any more. */
  ended: number;
  /** Records that dropped the provider's ids of a credential. */
  credentials: number;
  /** Slots that forgot their credentials and issuances. */
  slots: number;
  /** Facts about the holder that were forgotten. */
  facts: number;
  /** Issuances a provider is being asked to carry out: they drop holder and claims when they end. Repeat it then. */
  underWay: number;
  /** What is left at the provider, by the ids it gave: nothing here names them any more. */
  atProvider: LeftAtProvider[];
  /** Programs with `slotBy`, whose confirmed records are found only beside one that still names the holder. */
  notDerived: string[];
}

const pageSize = 100;
/** In the order in which an issuance goes through them, so that one that moves on meanwhile is not missed. */
const withPersonalData = statusesWith('personalData', 'needed', 'retained');

/** Everything of the holder, whatever program and source. Safe to repeat. */
export async function erase(holder: string, wish: EraseWish, ports: ErasePorts): Promise<EraseReport> {
  const run = new EraseRun(wish, ports);
  const own = new Set<string>();
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
    // Those that are never due again have dropped holder and claims already.
    for await (const page of recordPages(store, { status, limit: pageSize, dueBefore: never })) {
      yield* page.filter((issuance) => isOf(holder, issuance, programs));
    }
  }
}

/** Whether this is how the record's program writes the holder. */
function isOf(holder: string, record: Pick<Issuance, 'program' | 'holder'>, programs: ProgramCatalog): boolean {
  if (record.holder === undefined) return false;
  return record.holder === holder || record.holder === canonicalHolder(holder, record.program, programs);
}

/** One run: each record once, and a slot once nothing of it is under way. */
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

  /** Whether nothing of it is left. */
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
    // What is under way needs its slot's memory, and is found by it once it has ended.
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

/** Facts are named by what is configured now. */
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
