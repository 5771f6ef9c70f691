/** What the model is asked: how many workers, which events, under which rules. */
import { nameOf } from './canonical.ts';
import type { InvariantName } from './invariants.ts';
import type { Emit } from './moves.ts';
import { productRules, type Rules } from './rules.ts';
import { withoutSpent } from './spent.ts';
import { initialState, type State } from './state.ts';
import { steps } from './world.ts';

export interface Question {
  workers: number;
  /** Whether a newer event for the holder may come. */
  newer: boolean;
  rules?: Partial<Rules>;
  /** Which invariants are checked; all by default. */
  invariants?: readonly InvariantName[];
}

export interface NamedState {
  name: string;
  state: State;
}

export interface ModelWorld {
  starts: readonly NamedState[];
  /** Everything that may happen next. */
  next: (state: State, emit: Emit) => void;
}

/** The world of a question; at the start the holder has no credential, or one of an earlier event. */
export function worldOf({ workers, newer, rules: changed }: Question): ModelWorld {
  const rules = { ...productRules, ...changed };
  const starts = [false, true].map((earlier) => {
    const state = initialState(workers, earlier);
    return { name: nameOf(state), state };
  });
  return {
    starts,
    next: (state, emit) => steps(state, rules, { newer }, (label, after) => emit(label, withoutSpent(after, rules))),
  };
}
