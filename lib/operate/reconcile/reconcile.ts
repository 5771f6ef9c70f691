/** Reconcile: measures how long work has waited, moves issuances that no other part has moved, and deletes personal data after its retention. */
import { pagesOf } from '../../issuance/pages.ts';
import { describeUnexpected } from '../../issuance/unexpected.ts';
import { duties } from './duties.ts';
import type { Duty, DutyPorts } from './duty.ts';
import { type MeasurePorts, measureWaiting } from './measure-waiting.ts';

export interface ReconcilePorts extends DutyPorts, MeasurePorts {
  store: MeasurePorts['store'];
}

/** A duty that has more to do, and the position of its next page. */
interface Open {
  duty: Duty;
  position: string | undefined;
}

/**
 * One run: first the measurement; then everything that is due, stopped at `until` so that the function's time-out does not
 * interrupt it. Each duty has an equal share of the time, and at least one page; time that it does not need goes to the
 * duties that have more to do. A failing duty does not delay the others; its error is thrown after all have run.
 */
export async function reconcile(until: Date, ports: ReconcilePorts): Promise<void> {
  const errors: unknown[] = [];
  const failed = (error: unknown, what: string) => {
    ports.log.write(describeUnexpected(error, `reconcile: ${what}`));
    errors.push(error);
  };
  await measureWaiting(ports).catch((error: unknown) => failed(error, 'measure'));
  const now = () => ports.clock.now().getTime();
  let open: Open[] = duties.map((duty) => ({ duty, position: undefined }));
  do {
    const left: Open[] = [];
    for (const [index, one] of open.entries()) {
      const shareMs = (until.getTime() - now()) / (open.length - index);
      try {
        const position = await work(one, now() + shareMs, ports);
        if (position !== undefined) left.push({ ...one, position });
      } catch (error) {
        failed(error, one.duty.name);
      }
    }
    open = left;
  } while (open.length > 0 && now() < until.getTime());
  if (errors.length > 0) throw new AggregateError(errors, 'Some duties failed');
}

/** Processes pages until the share is used; returns the next position, or undefined if nothing is left. */
async function work({ duty, position }: Open, until: number, ports: ReconcilePorts): Promise<string | undefined> {
  for await (const page of pagesOf((after) => duty.page(after, ports), position)) {
    if (page.found > 0) {
      ports.log.write({ event: 'reconciled', duty: duty.name, found: page.found, moved: page.moved });
    }
    if (ports.clock.now().getTime() >= until) return page.next;
  }
  return undefined;
}
