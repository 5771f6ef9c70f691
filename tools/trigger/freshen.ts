/** Makes an event new: its time is now, and its id has not been sent before, so that it is not a replay. */
import { type JsonPath, writePath } from '../events/json-path.ts';
import { type Leaf, leavesOf, replaceLeaves } from '../events/json-text.ts';
import { readTime } from '../events/time-notation.ts';
import type { EventTrial, Trial } from '../try/event-trial.ts';
import { freshId } from './fresh-id.ts';

export interface Freshening {
  /** The event as JSON. */
  text: string;
  /** Members that keep their values. */
  kept: readonly JsonPath[];
  now: Date;
  /** What the rules make of a changed event. */
  attempt(text: string): Promise<Trial>;
}

export interface Fresh {
  text: string;
  /** The members that were changed. */
  changed: string[];
}

type Accepted = Extract<EventTrial, { outcome: 'accepted' }>;

/**
 * Changes only members on which the time or the idempotency key of a request depends. An event that the rules do not accept
 * issues nothing, and stays as it is.
 */
export async function freshen(freshening: Freshening): Promise<Fresh> {
  const before = await acceptedIn(freshening, freshening.text);
  if (before.length === 0) return { text: freshening.text, changed: [] };
  let fresh = await freshTimes(freshening, before);
  for (const index of before.keys())
    fresh = await freshKey({ ...freshening, text: fresh.text }, before, index, fresh.changed);
  return fresh;
}

/** The accepted events of a delivery. */
async function acceptedIn({ attempt }: Freshening, text: string): Promise<Accepted[]> {
  const trial = await attempt(text);
  const events = trial.outcome === 'split' ? trial.events : [trial];
  return events.filter((event) => event.outcome === 'accepted');
}

/** Whether the same rules accept the same number of events. */
function isAlike(after: readonly Accepted[], before: readonly Accepted[]): boolean {
  return after.length === before.length && after.every(({ rule }, index) => rule === before[index]?.rule);
}

/** Whole seconds are the coarsest notation of a time. */
const sameTimeMs = 1000;

async function freshTimes(freshening: Freshening, before: readonly Accepted[]): Promise<Fresh> {
  const { text, now } = freshening;
  const times = before.map(({ occurredAt }) => Date.parse(occurredAt));
  const changes = freeLeaves(freshening).flatMap((leaf) => {
    const time = readTime(leaf.value);
    if (time === undefined || !times.some((one) => Math.abs(time.at - one) < sameTimeMs)) return [];
    return [{ leaf, raw: JSON.stringify(time.write(now)) }];
  });
  const changed = replaceLeaves(text, changes);
  if (!isAlike(await acceptedIn(freshening, changed), before)) return { text, changed: [] };
  return { text: changed, changed: changes.map(({ leaf }) => writePath(leaf.path)) };
}

async function freshKey(
  freshening: Freshening,
  before: readonly Accepted[],
  index: number,
  changed: string[],
): Promise<Fresh> {
  const { text } = freshening;
  const key = before[index]?.idempotencyKey ?? '';
  const isNew = (after: readonly Accepted[]) => after[index]?.idempotencyKey !== key;
  if (isNew(await acceptedIn(freshening, text))) return { text, changed };
  for (const leaf of idsIn(freeLeaves(freshening), key)) {
    const raw = typeof leaf.value === 'number' ? freshId(leaf.raw) : JSON.stringify(freshId(String(leaf.value)));
    const other = replaceLeaves(text, [{ leaf, raw }]);
    const after = await acceptedIn(freshening, other);
    if (isAlike(after, before) && isNew(after)) return { text: other, changed: [...changed, writePath(leaf.path)] };
  }
  return { text, changed };
}

function freeLeaves({ text, kept }: Freshening): Leaf[] {
  const names = new Set(kept.map(writePath));
  return leavesOf(text).filter(({ path }) => !path.some((_, index) => names.has(writePath(path.slice(0, index + 1)))));
}

const shortestId = 3;

/** Members whose value is part of the key: those named like ids first, then the longest. */
function idsIn(leaves: readonly Leaf[], key: string): Leaf[] {
  const named = ({ path }: Leaf) =>
    Number(/(^|[_-])(id|uuid|key|ref|number)$|Id$|reference/i.test(String(path.at(-1))));
  const length = ({ value }: Leaf) => String(value).length;
  return leaves
    .filter(({ value }) => typeof value === 'string' || typeof value === 'number')
    .filter((leaf) => length(leaf) >= shortestId && key.includes(leaf.raw.replaceAll(/^"|"$/g, '')))
    .sort((one, other) => named(other) - named(one) || length(other) - length(one));
}
