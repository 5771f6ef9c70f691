/** The issuances of one holder, through the lists of the holder's slots, including records that no longer name the holder. */

import type { Pseudonyms } from '../issuance/identity.ts';
import { idOfRank, slotOf } from '../issuance/identity.ts';
import type { SlotKey } from '../issuance/ids.ts';
import type { Issuance } from '../issuance/issuance.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import type { ProgramCatalog } from '../issuance/program.ts';
import type { Slot, SlotStore } from '../issuance/slot.ts';

export interface HolderPorts {
  programs: ProgramCatalog;
  /** For all programs of the environment. */
  programNames: readonly string[];
  pseudonyms: Pseudonyms;
  slots: Pick<SlotStore, 'get'>;
  store: Pick<IssuanceStore, 'getMany'>;
}

export interface OfHolder {
  slots: { slot: Slot; issuances: Issuance[] }[];
  /** Programs whose slots also depend on claims: of these, only the slots in `further` were read. */
  notDerived: string[];
}

/** Reads the slots that are derived from the holder, and `further` slots that are known to be the holder's. */
export async function issuancesOfHolder(
  holder: string,
  ports: HolderPorts,
  further: Iterable<SlotKey> = [],
): Promise<OfHolder> {
  const keys = new Set(further);
  const notDerived: string[] = [];
  for (const name of ports.programNames) {
    const written = canonicalHolder(holder, name, ports.programs);
    const program = ports.programs.find(name);
    if (written === undefined || program === undefined) continue;
    if (program.slotBy.length > 0) notDerived.push(name);
    else keys.add(await slotOf({ holder: written, claims: {} }, program, ports.pseudonyms));
  }
  const slots: OfHolder['slots'] = [];
  for (const key of keys) {
    const slot = await ports.slots.get(key);
    if (slot !== undefined) slots.push({ slot, issuances: await issuancesOf(slot, ports) });
  }
  return { slots, notDerived };
}

/** The canonical form of the holder in this program; undefined if it is not valid for its provider, or if there is no such program. */
export function canonicalHolder(holder: string, program: string, programs: ProgramCatalog): string | undefined {
  try {
    return programs.find(program)?.canonicalHolder(holder);
  } catch {
    return undefined;
  }
}

/** The issuances in the slot, and those that they followed: further back than the list of the slot, and before the list existed. */
async function issuancesOf(slot: Slot, { store }: Pick<HolderPorts, 'store'>): Promise<Issuance[]> {
  const { issuances, superseded, lease, newest } = slot;
  const seen = new Set<string>();
  const found: Issuance[] = [];
  const latest = [idOfRank(newest), lease?.owner, lease?.follows].filter((id) => id !== undefined);
  let wanted = [...issuances, ...(superseded?.ids ?? []), ...latest];
  while (wanted.length > 0) {
    const next = [...new Set(wanted)].filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
    const records = next.length > 0 ? await store.getMany(next) : [];
    found.push(...records);
    wanted = records.flatMap(({ follows }) => follows ?? []);
  }
  return found;
}
