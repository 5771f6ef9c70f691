/** Visits every state that can be reached, nearest first, so that the first violation has the shortest trace. */
import type { Status } from '../../lib/issuance/status.ts';
import { nameOf } from './canonical.ts';
import { type InvariantName, invariantNames, invariants } from './invariants.ts';
import { type ModelWorld, type NamedState, type Question, worldOf } from './question.ts';
import { names, type State } from './state.ts';

export interface Found {
  states: number;
  /** Steps looked at: most lead to a state seen before. */
  steps: number;
  /** Every status some record had. */
  statuses: ReadonlySet<Status>;
  violation?: Violation;
}

export interface Violation {
  invariant: InvariantName;
  what: string;
  /** The steps that lead there, from the first. */
  trace: readonly TraceStep[];
}

export interface TraceStep {
  label: string;
  state: State;
}

export function search(question: Question): Found {
  const { starts, next } = worldOf(question);
  const { invariants: checked = invariantNames } = question;
  const parents = new Map(starts.map(({ name }) => [name, '']));
  const statuses = new Set<Status>();
  let steps = 0;
  for (let frontier = starts; frontier.length > 0; ) {
    const reached: NamedState[] = [];
    for (const { name: parent, state: before } of frontier) {
      let isBroken = false;
      next(before, (_, state) => {
        steps += 1;
        isBroken ||= brokenBy(before, state, checked) !== undefined;
        const name = nameOf(state);
        if (parents.has(name)) return;
        parents.set(name, parent);
        reached.push({ name, state });
        for (const record of names(state)) statuses.add(state.records[record]?.status ?? 'queued');
      });
      if (isBroken) {
        const violation = violationAfter(wayTo(parent, parents), { starts, next }, checked);
        return { states: parents.size, steps, statuses, violation };
      }
    }
    frontier = reached;
  }
  return { states: parents.size, steps, statuses };
}

function brokenBy(before: State, after: State, checked: readonly InvariantName[]) {
  for (const invariant of checked) {
    const what = invariants[invariant](before, after);
    if (what !== undefined) return { invariant, what };
  }
  return undefined;
}

/** The names on the way from a start to this state. */
function wayTo(name: string, parents: ReadonlyMap<string, string>): string[] {
  const way: string[] = [];
  for (let at = name; at !== ''; at = parents.get(at) ?? '') way.unshift(at);
  return way;
}

/** Goes the way once more, so that each worker keeps its number from step to step. */
function violationAfter(
  [first, ...rest]: readonly string[],
  { starts, next }: ModelWorld,
  checked: readonly InvariantName[],
): Violation {
  const start = starts.find(({ name }) => name === first);
  if (start === undefined) throw new Error('The way to a violation has no start');
  let { state } = start;
  const trace: TraceStep[] = [];
  for (const name of rest) {
    const step = firstStep(next, state, (after) => nameOf(after) === name);
    trace.push(step);
    state = step.state;
  }
  const last = firstStep(next, state, (after) => brokenBy(state, after, checked) !== undefined);
  const broken = brokenBy(state, last.state, checked);
  if (broken === undefined) throw new Error('The violation is not there any more');
  return { ...broken, trace: [...trace, last] };
}

function firstStep(next: ModelWorld['next'], before: State, wanted: (after: State) => boolean): TraceStep {
  const found: TraceStep[] = [];
  next(before, (label, state) => {
    if (found.length === 0 && wanted(state)) found.push({ label, state });
  });
  const [step] = found;
  if (step === undefined) throw new Error('The way to a violation cannot be gone again');
  return step;
}
