/** Accept: turns a source's request into a stored and queued issuance. Nothing is answered before it is stored. */
import { after, queuedGraceMs } from '../issuance/due.ts';
import type { Pseudonyms } from '../issuance/identity.ts';
import { type Identity, type IssuanceRequest, identify, rankOf } from '../issuance/identity.ts';
import { type Issuance, isToLookUp } from '../issuance/issuance.ts';
import { IssuanceError } from '../issuance/issuance-error.ts';
import type { Log } from '../issuance/log-events.ts';
import type { Clock, IssuanceQueue } from '../issuance/ports.ts';
import type { ProgramCatalog } from '../issuance/program.ts';
import type { SlotStore } from '../issuance/slot.ts';
import type { NewIssuances } from './new-issuances.ts';

export interface AcceptPorts {
  store: NewIssuances;
  slots: SlotStore;
  queue: IssuanceQueue;
  programs: ProgramCatalog;
  pseudonyms: Pseudonyms;
  clock: Clock;
  log: Log;
}

export interface Accepted {
  issuance: Issuance;
  /** The same event was accepted before; nothing new will be issued. */
  replay: boolean;
}

/**
 * Accepts a request, or returns the issuance that it created before. Throws IssuanceError of kind `invalid`; after
 * `service-unavailable` the result is uncertain, and repeating is safe.
 */
export async function accept(request: IssuanceRequest, ports: AcceptPorts): Promise<Accepted> {
  const program = ports.programs.find(request.program);
  if (program === undefined) throw new IssuanceError('program-unknown');
  const canonical =
    request.holder === undefined ? request : { ...request, holder: program.canonicalHolder(request.holder) };
  await program.checkClaims(request.claims);
  try {
    const identity = await identify(canonical, program, ports.pseudonyms);
    return await store(canonical, identity, program.coalesceSeconds, ports);
  } catch (cause) {
    if (cause instanceof IssuanceError && cause.kind === 'invalid') throw cause;
    throw new IssuanceError('service-unavailable', { cause });
  }
}

async function store(
  request: IssuanceRequest,
  identity: Identity,
  coalesceSeconds: number,
  ports: AcceptPorts,
): Promise<Accepted> {
  const candidate = newIssuance(request, identity, coalesceSeconds, ports.clock.now());
  const existing = await ports.store.create(candidate);
  if (existing !== undefined && existing.fingerprint !== identity.fingerprint) {
    throw new IssuanceError('idempotency-key-reused');
  }
  const issuance = existing ?? candidate;
  // If no worker has changed the issuance yet, the first request may have failed before its message reached the queue.
  if (issuance.sequence === 1) {
    await announceTo(issuance, coalesceSeconds, ports);
  }
  const { id, program, source } = issuance;
  ports.log.write({ event: 'issuance-accepted', id, program, source, replay: existing !== undefined });
  return { issuance, replay: existing !== undefined };
}

/**
 * To the slot, and to a worker. Which slot it is, a look-up shows: the worker makes it at once, so that a newer event can
 * overtake older ones of the holder during `coalesceSeconds`.
 */
async function announceTo(issuance: Issuance, coalesceSeconds: number, { slots, queue }: AcceptPorts): Promise<void> {
  if (isToLookUp(issuance)) return queue.send(issuance.id);
  await slots.raise(issuance.slot, issuance.rank);
  await queue.send(issuance.id, coalesceSeconds);
}

function newIssuance(request: IssuanceRequest, identity: Identity, coalesceSeconds: number, now: Date): Issuance {
  const acceptedAt = now.toISOString();
  const { source, program, occurredAt, order, claims } = request;
  const who = request.holder === undefined ? { lookup: request.lookup } : { holder: request.holder };
  return {
    ...identity,
    sequence: 1,
    source,
    program,
    rank: rankOf({ occurredAt, ...(order !== undefined && { order }), acceptedAt, id: identity.id }),
    occurredAt,
    acceptedAt,
    updatedAt: acceptedAt,
    queuedAt: after(now, coalesceSeconds * 1000),
    dueAt: after(now, coalesceSeconds * 1000 + queuedGraceMs),
    status: 'queued',
    ...who,
    claims,
    history: [{ at: acceptedAt, status: 'queued' }],
  };
}
