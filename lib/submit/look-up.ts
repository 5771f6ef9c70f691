/** Looks up the holder of an issuance, and puts the issuance into the holder's slot. */
import { after, queuedGraceMs } from '../issuance/due.ts';
import { type Pseudonyms, slotOf } from '../issuance/identity.ts';
import type { IssuanceIn, PersonalData, Reason } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { IssuanceStore } from '../issuance/issuance-store.ts';
import { lookupName } from '../issuance/lookup-name.ts';
import type { Program, Programs } from '../issuance/program.ts';
import type { SlotStore } from '../issuance/slot.ts';
import { resolved, type Unresolved, unresolvable, unresolved } from '../issuance/transitions/lookup.ts';
import { type PublishPorts, write } from '../issuance/write.ts';
import { guardedCall } from './circuit-breaker/guarded-call.ts';
import type { CircuitBreaker } from './circuit-breaker/ports.ts';
import type { Directories } from './directories.ts';
import { type DelayPorts, inTable, nextTry, onQueue, type SubmitEnd } from './submit-end.ts';

export interface LookUpPorts extends PublishPorts, DelayPorts {
  store: IssuanceStore;
  slots: SlotStore;
  programs: Programs;
  pseudonyms: Pseudonyms;
  directories: Directories;
  circuits: CircuitBreaker;
  retryMs: number;
  retentionMs: number;
}

type Known = Extract<IssuanceIn<'queued'>, PersonalData>;

/** The issuance with its holder, or what to do with the message: asked again later, ended, or due later. */
export async function lookUp(issuance: Unresolved, tries: number, ports: LookUpPorts): Promise<Known | SubmitEnd> {
  try {
    const known = await resolve(issuance, ports);
    const leftMs = Date.parse(known.queuedAt) - ports.clock.now().getTime();
    return leftMs > 0 ? { end: 'again', delaySeconds: Math.ceil(leftMs / 1000) } : known;
  } catch (error) {
    // The machine was too busy to evaluate an expression: the message is tried again.
    if (!(error instanceof IssuanceError) || error.code === 'service-unavailable') throw error;
    return giveUp(issuance, error, tries, ports);
  }
}

/**
 * First the record: a crash before the second write leaves an issuance that raises its slot when it takes the lease. In the
 * other order, the slot of a holder whom the directory names no more would have the rank of an issuance that is never in it.
 */
async function resolve(issuance: Unresolved, ports: LookUpPorts): Promise<Known> {
  const { id, source, claims } = issuance;
  const program = ports.programs.find(issuance.program);
  if (program === undefined) throw new IssuanceError('program-removed');
  const holder = canonical(await ask(issuance, ports), program);
  const slot = await slotOf({ holder, claims }, program, ports.pseudonyms);
  const known = await write(resolved(issuance, { holder, slot }, ports.clock.now()), ports);
  if (known === undefined) throw new IssuanceError('lease-lost');
  ports.log.write({ event: 'holder-looked-up', id, program: program.name, source });
  await ports.slots.raise(slot, known.rank);
  return known;
}

/** Behind a circuit breaker of its own: a directory that is down takes no time of the worker from other sources. */
async function ask({ id, source, lookup }: Unresolved, { circuits, directories }: LookUpPorts): Promise<string> {
  const program = lookupName(source);
  await circuits.admit(program, id);
  return guardedCall({ what: 'submit', id, program, call: () => directories.find(source, lookup) }, circuits);
}

function canonical(holder: string, program: Program): string {
  try {
    return program.canonicalHolder(holder);
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error;
    throw new IssuanceError('holder-unusable', error.detail === undefined ? {} : { detail: error.detail });
  }
}

/** Fails, or is asked for again later: after a new message for a short wait, from the table for a long one. */
async function giveUp(
  issuance: Unresolved,
  error: IssuanceError,
  tries: number,
  ports: LookUpPorts,
): Promise<SubmitEnd> {
  const { code, detail, kind } = error;
  const now = ports.clock.now();
  const reason: Reason = { code, ...(detail !== undefined && { detail }) };
  if (kind === 'permanent') return fail(issuance, reason, ports);
  if (now.getTime() - Date.parse(issuance.queuedAt) > ports.retryMs)
    return fail(issuance, { code: 'retries-exhausted', detail: code }, ports);
  const { delaySeconds, inTable: waiting } = nextTry(issuance, error, tries, ports);
  if (code === 'lease-lost') return onQueue(issuance, error, delaySeconds, ports);
  const dueAt = after(now, delaySeconds * 1000 + (waiting ? 0 : queuedGraceMs));
  const written = await write(unresolved(issuance, { reason, dueAt, waiting }, now), ports);
  const waits = waiting && written !== undefined ? inTable : onQueue;
  return waits(issuance, error, delaySeconds, ports);
}

async function fail(issuance: Unresolved, reason: Reason, ports: LookUpPorts): Promise<SubmitEnd> {
  const now = ports.clock.now();
  const end = { reason, dueAt: after(now, ports.retentionMs) };
  const written = await write(unresolvable(issuance, end, now), ports);
  // Another worker has written: the next delivery continues from its record.
  return written === undefined ? { end: 'again', delaySeconds: 1 } : { end: 'done', poll: false };
}
