/** Reconcile: measures how long work has waited, picks up whatever fell between two parts, and drops personal data whose time is over. */
import { pagesOf } from '../../issuance/pages.ts';
import { describeUnexpected } from '../../issuance/unexpected.ts';
import { duties } from './duties.ts';
import type { Duty, DutyPorts } from './duty.ts';
import { type MeasurePorts, measureWaiting } from './measure-waiting.ts';

export interface ReconcilePorts extends DutyPorts, MeasurePorts {
  store: MeasurePorts['store'];
}

/** A duty that has more to do, and where its next page begins. */
interface Open {
  duty: Duty;
  position: string | undefined;
}

/**
 * One pass: first the measure, whatever there is to do; then everything that is due, stopped at `until` so that a function's time-out does not cut it. Each duty has
 * an equal share of the time, and one page whatever the others take; what it leaves over is shared out among those
 * that have more to do. A duty that fails does not keep the others waiting; its error is thrown when all have had
 * their turn.
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

/** Works page by page until the share is used up; gives where to go on, or undefined when nothing is left. */
async function work({ duty, position }: Open, until: number, ports: ReconcilePorts): Promise<string | undefined> {
  for await (const page of pagesOf((after) => duty.page(after, ports), position)) {
    if (page.found > 0) {
      ports.log.write({ event: 'reconciled', duty: duty.name, found: page.found, moved: page.moved });
    }
    if (ports.clock.now().getTime() >= until) return page.next;
  }
  return undefined;
}
