/** Erase: what is left of one holder leaves the records; what stops replays stays (ids, fingerprints, keyed names). */
import { never } from '../issuance/due.ts';
import type { Issuance } from '../issuance/issuance.ts';
import { type Changes, type MovePorts, move, rewrite } from '../issuance/move.ts';
import type { ListPage, Programs } from '../issuance/ports.ts';
import { occupiesSlot, statusesWith } from '../issuance/status.ts';

export interface ErasePorts extends MovePorts {
  programs: Programs;
}

export interface EraseReport {
  /** Records whose holder and claims were dropped. */
  erased: number;
  /** Of these, issuances that waited and will not happen any more. */
  ended: number;
  /** Issuances a provider is being asked to carry out: they drop both when they end. Repeat it then. */
  underWay: number;
}

const pageSize = 100;
/** In the order in which an issuance goes through them, so that one that moves on meanwhile is not missed. */
const withPersonalData = statusesWith('personalData', 'needed', 'retained');

/** Every record of the holder, whatever program and source. Safe to repeat. */
export async function erase(holder: string, ports: ErasePorts): Promise<EraseReport> {
  const outcomes = new Map<string, Outcome>();
  for (const status of withPersonalData) {
    let page: ListPage | undefined;
    do {
      const after = page?.next;
      // Those that are never due again have dropped both already.
      page = await ports.store.list({ status, limit: pageSize, dueBefore: never, ...(after && { after }) });
      const own = page.issuances.filter((issuance) => isOf(holder, issuance, ports.programs));
      for (const issuance of own) outcomes.set(issuance.id, await eraseOne(issuance, ports));
    } while (page.next !== undefined);
  }
  const count = (outcome: Outcome) => [...outcomes.values()].filter((each) => each === outcome).length;
  const ended = count('ended');
  return { erased: count('erased') + ended, ended, underWay: count('under-way') };
}

type Outcome = 'erased' | 'ended' | 'under-way';

/** Whether this is how the record's program writes the holder. */
function isOf(holder: string, record: Pick<Issuance, 'program' | 'holder'>, programs: Programs): boolean {
  if (record.holder === undefined) return false;
  return record.holder === holder || record.holder === canonical(holder, record.program, programs);
}

function canonical(holder: string, program: string, programs: Programs): string | undefined {
  try {
    return programs.find(program)?.canonicalHolder(holder);
  } catch {
    // Not how a holder of this program's provider looks.
    return undefined;
  }
}

async function eraseOne(issuance: Issuance, ports: ErasePorts): Promise<Outcome> {
  const { id, status } = issuance;
  if (occupiesSlot(status)) return 'under-way';
  const dropped: Changes = { dueAt: never, holder: undefined, claims: undefined, progress: undefined };
  const waits = status === 'queued';
  const written = waits
    ? await move(issuance, 'failed', { ...dropped, reason: { code: 'holder-erased' } }, ports)
    : await rewrite(issuance, dropped, ports);
  if (written === undefined) return 'under-way';
  ports.log.write({ event: 'personal-data-dropped', id });
  return waits ? 'ended' : 'erased';
}
