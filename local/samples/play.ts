/** Plays the samples against the API and follows each issuance until it has ended or is parked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isResting } from '../../lib/issuance/status.ts';
import type { IssuanceView } from '../../lib/issuance/view.ts';
import type { ApiClient } from './api-client.ts';
import type { Expectation, Sample } from './samples.ts';

/** A report about a sample. */
export type Happening =
  | { what: 'status'; sample: string; id: string; status: IssuanceView['status']; at: string; note?: string }
  | { what: 'mapped'; sample: string; id: string; source: string; rule: string; note: string }
  | { what: 'ignored'; sample: string; source: string; note: string }
  | { what: 'refused'; sample: string; httpStatus: number; code: string; note: string }
  | { what: 'replayed'; sample: string; id: string; note: string }
  | { what: 'unexpected'; sample: string; note: string };

export interface Player {
  api: ApiClient;
  /** Distinguishes the keys of this run. */
  run: string;
  started: Date;
  report(happening: Happening): void;
}

/** Interval of the status requests. */
const everyMs = 150;

/** Plays every sample; true when all ended as expected. */
export async function playSamples(samples: readonly Sample[], player: Player): Promise<boolean> {
  const ended = new Map<string, Promise<Outcome>>();
  for (const sample of samples) {
    const before = [sample.after, sample.keyOf].flatMap((name) => (name && ended.get(name)) || []);
    ended.set(
      sample.name,
      Promise.all(before).then(() => playOne(sample, player)),
    );
  }
  const outcomes = await Promise.all([...ended].map(async ([name, outcome]) => [name, await outcome] as const));
  const byName = new Map(outcomes);
  let good = true;
  for (const sample of samples) {
    const complaint = complaintAbout(sample.expected, byName.get(sample.name), byName);
    if (complaint === undefined) continue;
    good = false;
    player.report({ what: 'unexpected', sample: sample.name, note: complaint });
  }
  return good;
}

type Outcome = { refused: string } | { issuance: IssuanceView; replayed: boolean };

async function playOne(sample: Sample, player: Player): Promise<Outcome> {
  const { name, program, holder, claims, minutesAgo } = sample;
  // Counted from the start, so that an event played twice is the same event. A sample that waited happens when it is played.
  const playedAt = sample.after === undefined ? player.started : new Date();
  const occurredAt = new Date(playedAt.getTime() - minutesAgo * 60_000).toISOString();
  const key = `${sample.keyOf ?? name}-${player.run}`;
  const answer = await player.api.post(key, { program, holder, claims, occurredAt });
  if (!answer.accepted) {
    const { status, code, detail, title } = answer.problem;
    player.report({ what: 'refused', sample: name, httpStatus: status, code, note: detail ?? title });
    return { refused: code };
  }
  const { issuance, replayed } = answer;
  if (replayed) {
    player.report({ what: 'replayed', sample: name, id: issuance.id, note: 'the same issuance, nothing new' });
    return { issuance, replayed };
  }
  return { issuance: await follow(name, issuance, player), replayed };
}

/** Reports every status of the issuance, including those between two requests. Returns the final issuance. */
export async function follow(sample: string, issuance: IssuanceView, player: Player): Promise<IssuanceView> {
  let view = issuance;
  let reported = 0;
  for (;;) {
    for (const { at, status } of view.history.slice(reported)) {
      const note = isLast(view, reported) ? noteOf(view) : undefined;
      player.report({
        what: 'status',
        sample,
        id: view.id,
        status: status as IssuanceView['status'],
        at,
        ...(note && { note }),
      });
      reported += 1;
    }
    if (isResting(view.status)) return view;
    await sleep(everyMs);
    view = await player.api.get(view.id);
  }
}

function isLast(view: IssuanceView, index: number): boolean {
  return index === view.history.length - 1;
}

function noteOf({ reason, assurance, assuranceNote, receipt }: IssuanceView): string | undefined {
  if (reason !== undefined) return `${reason.title}${reason.detail === undefined ? '' : ` (${reason.detail})`}`;
  if (assurance !== undefined) return assurance === 'provider-reported' ? `${assurance}: ${assuranceNote}` : assurance;
  return receipt?.['coreClaimHash']?.slice(0, 12);
}

/** The difference from the expected result as a sentence; undefined if there is none. */
function complaintAbout(
  expected: Expectation,
  outcome: Outcome | undefined,
  all: ReadonlyMap<string, Outcome>,
): string | undefined {
  if (outcome === undefined) return 'was not played';
  if ('refused' in expected) {
    const got = 'refused' in outcome ? outcome.refused : outcome.issuance.status;
    return got === expected.refused ? undefined : `was to be refused with ${expected.refused}, got ${got}`;
  }
  if ('refused' in outcome) return `was refused with ${outcome.refused}`;
  const { issuance, replayed } = outcome;
  if ('replayOf' in expected) {
    const first = all.get(expected.replayOf);
    const same = replayed && first !== undefined && 'issuance' in first && first.issuance.id === issuance.id;
    return same ? undefined : `was to give the issuance of ${expected.replayOf} again`;
  }
  const got = [issuance.status, issuance.reason?.code, issuance.assurance].filter(Boolean).join(', ');
  const asExpected =
    issuance.status === expected.end &&
    (expected.code === undefined || issuance.reason?.code === expected.code) &&
    (expected.assurance === undefined || issuance.assurance === expected.assurance);
  return asExpected ? undefined : `was to end ${expected.end}, ended ${got}`;
}
