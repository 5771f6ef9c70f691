/** The circuits of all programs: who may call a provider, and what becomes known of it by calling. */
import { afterFailure, afterSuccess, type Circuit, closedCircuit, probing, verdictOf, waitMs } from './circuit.ts';
import { IssuanceError } from './issuance-error.ts';
import type { CircuitStore, Circuits, Clock, Log } from './ports.ts';
import { describeUnexpected } from './unexpected.ts';

export interface CircuitPorts {
  store: CircuitStore;
  clock: Clock;
  log: Log;
}

/** How long a circuit that was read is believed: one read serves the messages of a batch. */
const freshMs = 1000;
/** Writes that others were faster with are tried again this often; then the next call tells. */
const mostTries = 5;

/** Trouble with the store never keeps a call back: a circuit is a help, and no one's promise. */
export function circuits(ports: CircuitPorts): Circuits {
  const { store, clock, log } = ports;
  const read = new Map<string, { circuit: Circuit; at: number }>();

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
  async function goOn(program: string, step: (circuit: Circuit) => Circuit | undefined): Promise<Circuit> {
    for (let tries = 1; ; tries += 1) {
      const before = await fetch(program);
      const next = step(before);
      if (next === undefined || tries === mostTries) return before;
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
      log.write(describeUnexpected(error, 'circuits'));
      return otherwise;
    }
  }

  return {
    admit: (program, id) =>
      helpfully(undefined, async () => {
        const known = await current(program);
        if (known.openings === 0) return;
        const wait = waitMs(known, clock.now());
        if (wait > 0) throw openError(known, wait);
        const circuit = await fetch(program);
        if (circuit.openings === 0) return;
        const stillOpen = waitMs(circuit, clock.now());
        if (stillOpen > 0 || !(await write(probing(circuit, id, clock.now())))) throw openError(circuit, stillOpen);
      }),
    note: (program, id, error) =>
      helpfully(undefined, async () => {
        const verdict = verdictOf(error?.code);
        if (error === undefined || verdict === 'works') {
          const known = read.get(program)?.circuit;
          if (known !== undefined && afterSuccess(known) !== undefined) await goOn(program, afterSuccess);
          return undefined;
        }
        if (verdict === 'nothing') return undefined;
        const { code, retryAfterSeconds } = error;
        const circuit = await goOn(program, (before) =>
          afterFailure(before, { id, code, retryAfterSeconds }, clock.now()),
        );
        return circuit.openings === 0 ? undefined : openError({ ...circuit, code }, waitMs(circuit, clock.now()));
      }),
  };
}

function openError({ code }: Circuit, forMs: number): IssuanceError {
  const retryAfterSeconds = Math.max(1, Math.ceil(forMs / 1000));
  return new IssuanceError('circuit-open', { retryAfterSeconds, ...(code !== undefined && { detail: code }) });
}
