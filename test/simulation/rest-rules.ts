/** The rules that are checked when everything has come to rest. */
import { readEnvelope } from '../../lib/issuance/envelope.ts';
import type { Followed } from './chronicle.ts';
import type { Workload } from './workload.ts';
import type { World } from './world.ts';

const ended: readonly string[] = ['confirmed', 'failed', 'superseded'];
const parked: readonly string[] = ['unconfirmed', 'uncertain'];

export function checkAtRest(world: World, workload: Workload): void {
  const followed = [...world.chronicle.followed.values()];
  checkAcknowledged(world, workload);
  for (const issuance of followed) {
    checkEnd(issuance, world);
    checkTold(issuance, world);
    if (world.company !== undefined) world.offerRules.ended(issuance);
  }
  for (const [slot, issuances] of Map.groupBy(followed, ({ record }) => record.slot)) {
    if (world.company === undefined && !world.chronicle.overrun.has(slot)) checkSlot(issuances, world);
  }
  for (const { reason = '', detail = '' } of world.queue.deadLetters) {
    world.chronicle.left('a dead letter', `${reason} ${detail}`);
  }
}

/** Rule 2: what was answered 2xx or put on the queue is in the store; a message that is not is a dead letter. */
function checkAcknowledged({ chronicle, queue }: World, { events }: Workload): void {
  const dead = new Set(queue.deadLetters.map(({ body }) => keyIn(body)));
  for (const { key, source } of events) {
    if (source === 'queue' && !chronicle.byEvent.has(key) && !dead.has(key)) {
      chronicle.violated('2 comes to rest', `${key} was put on the queue and is nowhere`);
    }
  }
  for (const id of chronicle.acknowledged) {
    if (!chronicle.followed.has(id)) chronicle.violated('2 comes to rest', `${id} was acknowledged and is nowhere`);
  }
}

function keyIn(body: string): string | undefined {
  const content = readEnvelope(body);
  return content.kind === 'request' ? content.idempotencyKey : undefined;
}

/** Rules 2, 1 and 5: it ended or is parked; what failed was not issued; what ended holds nothing personal. */
function checkEnd({ event, record, commits, round }: Followed, { chronicle }: World): void {
  const { status } = record;
  if (![...ended, ...parked].includes(status)) chronicle.violated('2 comes to rest', `${event} is still ${status}`);
  const issued = commits.some((commit) => commit.round === round);
  if ((status === 'failed' || status === 'superseded') && issued && !isExcused(record.slot, chronicle)) {
    chronicle.violated('1 one commit', `${event} is ${status} but was issued`);
  }
  if (record.holder !== undefined || record.lookup !== undefined || record.claims !== undefined) {
    chronicle.violated('5 told, and nothing personal', `${event} is ${status} and still holds personal data`);
  }
}

/**
 * Rule 5: every status at which it rested was published, or of a later one; of the last one in any case, and
 * under one sequence there is one thing to tell.
 */
function checkTold({ event, record, rests, told }: Followed, { chronicle }: World): void {
  const complain = (what: string) => chronicle.violated('5 told, and nothing personal', `${event}: ${what}`);
  for (const { status, sequence } of rests) {
    if (!told.some((heard) => heard.sequence >= sequence)) complain(`nobody was told that it was ${status}`);
  }
  const last = rests.at(-1);
  if (last && !told.some((heard) => heard.status === record.status && heard.sequence >= last.sequence)) {
    complain(`nobody was told that it is ${record.status}`);
  }
  for (const heard of told) {
    const rest = rests.findLast(({ sequence }) => sequence <= heard.sequence);
    if (rest?.status !== heard.status) complain(`it was told to be ${heard.status} at ${heard.sequence}`);
  }
}

/** Rule 7, for programs that revoke: the holder has the newest event's credential, and we hold its receipt. */
function checkSlot(issuances: Followed[], { chronicle, provider }: World): void {
  const complain = (what: string) => chronicle.violated('7 newest claims', what);
  const byRank = issuances.toSorted((a, b) => (a.record.rank < b.record.rank ? 1 : -1));
  for (const [place, { record, event }] of byRank.entries()) {
    if (record.status === 'superseded' && place === 0) complain(`${event} is superseded by nothing`);
  }
  const issued = byRank.findIndex(({ record }) => record.status === 'confirmed' || record.status === 'unconfirmed');
  const newest = byRank[issued];
  const [program, email] = whose(issuances);
  const live = provider.live(email, program);
  if (newest === undefined) return;
  const held = newest.record.receipt?.['coreClaimHash'];
  // Once uncertain, it may have been issued; and the operator who retried it after that has answered for what it left.
  const newerInDoubt = byRank
    .slice(0, issued)
    .filter(({ rests }) => rests.some(({ status }) => status === 'uncertain'));
  if (live === undefined) {
    complain(`${newest.event} is ${newest.record.status} and the holder has nothing`);
    return;
  }
  if (newerInDoubt.some(({ event }) => event === live.event)) return;
  if (chronicle.tooLate.has(newest.record.slot)) {
    const isNewer = byRank.slice(0, issued).some(({ event }) => event === live.event);
    if (newest.record.status === 'confirmed' && live.hash !== held && !isNewer)
      complain(`${newest.event} is confirmed, and a call that came too late has revoked its credential`);
    return;
  }
  if (live.hash !== held) complain(`${newest.event} is the newest, the holder has ${live.event}`);
  if (program === 'tier' && live.event !== newest.event) {
    complain(`the newest claims are those of ${newest.event}, the holder has those of ${live.event}`);
  }
}

/** What a worker did after it had lost the lease, or the provider long after the call, is no mistake of the life cycle. */
function isExcused(slot: string, { overrun, tooLate }: World['chronicle']): boolean {
  return overrun.has(slot) || tooLate.has(slot);
}

function whose([first]: Followed[]): [program: string, email: string] {
  return first ? [first.record.program, first.holder] : ['', ''];
}
