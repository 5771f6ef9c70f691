/** The circuits of all programs: who may call a provider, and what becomes known of it by calling. */

import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Clock, Log } from '../../issuance/ports.ts';
import { describeUnexpected } from '../../issuance/unexpected.ts';
import {
  afterFailure,
  afterSuccess,
  type Circuit,
  closedCircuit,
  freshMs,
  maxFailures,
  probing,
  verdictOf,
  waitMs,
  withoutProbe,
} from './circuit.ts';
import type { CircuitStore, Circuits } from './ports.ts';

export interface CircuitPorts {
  store: CircuitStore;
  clock: Clock;
  log: Log;
}

/** Writes that other containers were faster with are tried again this often; then the next call tells. */
const maxTries = 8;

/** What this container knows of a program by its own calls. */
interface Own {
  /** When its latest calls failed, each of another issuance, with no success since. */
  row: number[];
  lastFailed?: string;
  /** The writes of its calls, one after the other: they would only be in each other's way. */
  writes: Promise<unknown>;
}

/** A failure of the store never keeps a call back: a circuit is a help, and no one's promise. */
export function circuits(ports: CircuitPorts): Circuits {
  const { store, clock, log } = ports;
  const read = new Map<string, { circuit: Circuit; at: number }>();
  const own = new Map<string, Own>();

  function ownOf(program: string): Own {
    const known = own.get(program) ?? { row: [], writes: Promise.resolve() };
    own.set(program, known);
    return known;
  }

  async function fetch(program: string): Promise<Circuit> {
    const circuit = (await store.get(program)) ?? closedCircuit(program);
    read.set(program, { circuit, at: clock.now().getTime() });
    return circuit;
  }

  async function current(program: string): Promise<Circuit> {
    const known = read.get(program);
    const fresh = known !== undefined && clock.now().getTime() - known.at < freshMs;
    return fresh ? known.circuit : fetch(program);
  }

  async function write(next: Circuit): Promise<boolean> {
    const written = await store.replace(next);
    if (written) read.set(next.program, { circuit: next, at: clock.now().getTime() });
    else read.delete(next.program);
    return written;
  }

  /** Goes on from the circuit as it is; gives it as it then is. */
  function goOn(program: string, step: (circuit: Circuit) => Circuit | undefined): Promise<Circuit> {
    const known = ownOf(program);
    const written = known.writes.then(() => tryToGoOn(program, step));
    known.writes = written.catch(() => undefined);
    return written;
  }

  async function tryToGoOn(program: string, step: (circuit: Circuit) => Circuit | undefined): Promise<Circuit> {
    for (let tries = 1; ; tries += 1) {
      const before = await fetch(program);
      const next = step(before);
      if (next === undefined || tries === maxTries) return before;
      if (!(await write(next))) continue;
      if (next.openings > before.openings && next.code !== undefined) {
        log.write({ event: 'circuit-opened', program, code: next.code });
      }
      if (next.openings === 0 && before.openings > 0) log.write({ event: 'circuit-closed', program });
      return next;
    }
  }

  async function helpfully<Result>(otherwise: Result, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof IssuanceError) throw error;
      log.write(describeUnexpected(error, 'worker: circuits'));
      return otherwise;
    }
  }

  /** The provider is at work: no container goes on counting from what it knew before. */
  async function succeeded(program: string): Promise<void> {
    ownOf(program).row = [];
    if (afterSuccess(await current(program)) !== undefined) await goOn(program, afterSuccess);
  }

  function rowWith(program: string, id: string, now: Date): readonly number[] {
    const known = ownOf(program);
    if (known.lastFailed !== id) known.row = [...known.row, now.getTime()].slice(-maxFailures);
    known.lastFailed = id;
    return known.row;
  }

  return {
    admit: (program, id) =>
      helpfully(undefined, async () => {
        const known = await current(program);
        if (known.openings === 0) return;
        const wait = waitMs(known, id, clock.now());
        if (wait > 0) throw openError(known, wait);
        const circuit = await fetch(program);
        if (circuit.openings === 0) return;
        const stillOpen = waitMs(circuit, id, clock.now());
        if (stillOpen > 0 || !(await write(probing(circuit, id, clock.now())))) throw openError(circuit, stillOpen);
      }),
    heldBack: (program) =>
      helpfully(undefined, async () => {
        const known = await current(program);
        const wait = waitMs(known, '', clock.now());
        return wait > 0 ? openError(known, wait) : undefined;
      }),
    passOn: (program, id) =>
      helpfully(undefined, async () => {
        const known = read.get(program)?.circuit;
        if (known?.probe?.id === id) await goOn(program, (before) => withoutProbe(before, id));
      }),
    note: (program, id, error) =>
      helpfully(undefined, async () => {
        const verdict = verdictOf(error?.code);
        if (verdict === 'nothing') return undefined;
        if (error === undefined || verdict === 'works') {
          await succeeded(program);
          return undefined;
        }
        const { code, retryAfterSeconds } = error;
        const now = clock.now();
        const failure = { id, code, retryAfterSeconds, ownRow: rowWith(program, id, now) };
        const circuit = await goOn(program, (before) => afterFailure(before, failure, now));
        return circuit.openings === 0 ? undefined : openError({ ...circuit, code }, waitMs(circuit, '', clock.now()));
      }),
  };
}

function openError({ code }: Circuit, forMs: number): IssuanceError {
  const retryAfterSeconds = Math.max(1, Math.ceil(forMs / 1000));
  return new IssuanceError('circuit-open', { retryAfterSeconds, ...(code !== undefined && { detail: code }) });
}
