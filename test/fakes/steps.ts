/** Every step that the product may make of a record, as functions of the time. */
import { slotKey } from '../../lib/issuance/ids.ts';
import { type Issuance, isIn, isToLookUp, type ToLookUp } from '../../lib/issuance/issuance.ts';
import { confirmed, receiptGrown, unconfirmed } from '../../lib/issuance/transitions/confirmation.ts';
import { failed, superseded, uncertain } from '../../lib/issuance/transitions/ends.ts';
import { lookedUpAgain, resolved, unresolvable, unresolved } from '../../lib/issuance/transitions/lookup.ts';
import { erased, forgotten, postponed, queuedAgain } from '../../lib/issuance/transitions/operation.ts';
import type { Step } from '../../lib/issuance/transitions/step.ts';
import {
  begun,
  leftInDoubt,
  progressed,
  putBack,
  submitted,
  waiting,
} from '../../lib/issuance/transitions/submission.ts';

const reason = { code: 'provider-unavailable' } as const;
const receipt = { reference: 'r2' };

/** Under this fencing token, where the step begins or closes an attempt. */
export function stepsOf(record: Issuance, now: Date, fence = 1): Step<Issuance>[] {
  const { dueAt } = record;
  const attempt = { number: 2, fence };
  const open = { ...attempt, openSince: now.toISOString() };
  const end = { reason, attempt, dueAt };
  const steps: Step<Issuance>[] = [];
  if (isToLookUp(record)) return stepsOfLookup(record, now);
  if (isIn(record, 'moves', 'worker')) {
    steps.push(begun(record, { attempt: open, follows: undefined, dueAt }, now), putBack(record, end, now));
    steps.push(waiting(record, { dueAt }, now), failed(record, end, now), postponed(record, dueAt, now));
  }
  if (record.status === 'queued') steps.push(superseded(record, { reason, dueAt }, now), erased(record, now));
  if (record.status === 'submitting') {
    steps.push(progressed(record, { offer: 'kept' }, dueAt, now), uncertain(record, end, now));
    steps.push(leftInDoubt(record, { reason, attempt: open, dueAt }, now));
    steps.push(submitted(record, { receipt, knownAs: 'r2' }, { attempt, dueAt }, now));
  }
  if (isIn(record, 'moves', 'poller') && record.holder !== undefined) {
    steps.push(confirmed(record, { assurance: 'on-chain', receipt }, now), receiptGrown(record, receipt, now));
    steps.push(failed(record, { reason, receipt, dueAt }, now), postponed(record, dueAt, now));
  }
  if (record.status === 'submitted') {
    steps.push(unconfirmed(record, { reason: { code: 'not-confirmed-in-time' }, dueAt }, now));
  }
  if (record.status === 'uncertain') steps.push(failed(record, { reason, dueAt }, now));
  if (isIn(record, 'retry', 'by-id', 'in-bulk') && record.holder !== undefined) {
    steps.push(queuedAgain(record, { queuedAt: now.toISOString(), dueAt, progress: { round: '2' } }, now));
  }
  if (isIn(record, 'personalData', 'retained')) steps.push(forgotten(record, now));
  return steps;
}

function stepsOfLookup(record: Extract<Issuance, ToLookUp>, now: Date): Step<Issuance>[] {
  const { dueAt } = record;
  if (record.status === 'failed') {
    return [lookedUpAgain(record, { queuedAt: now.toISOString(), dueAt }, now), forgotten(record, now)];
  }
  const found = { holder: 'ada@example.com', slot: slotKey('program-a#holder') };
  return [
    resolved(record, found, now),
    unresolved(record, { reason: { code: 'lookup-unavailable' }, dueAt, waiting: true }, now),
    unresolvable(record, { reason: { code: 'holder-not-found' }, dueAt }, now),
    postponed(record, dueAt, now),
    erased(record, now),
  ];
}
