/** Whether everything accepted can still come to rest, from every state that can be reached: nothing is ever stuck. */
import { isResting } from '../../lib/issuance/status.ts';
import { nameOf } from './canonical.ts';
import { type Question, worldOf } from './question.ts';
import { names, type State } from './state.ts';

/** States from which no way leads to rest. */
export function stuck(question: Question): State[] {
  const { starts, next } = worldOf(question);
  const numbers = new Map<string, number>();
  const states: State[] = [];
  /** For each state, those from which a step leads to it. */
  const before: number[][] = [];
  const numberOf = (state: State) => {
    const name = nameOf(state);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, states.length);
    before.push([]);
    return states.push(state) - 1;
  };
  for (const { state } of starts) numberOf(state);
  for (const [from, state] of states.entries()) next(state, (_, after) => before[numberOf(after)]?.push(from));
  const restful = new Set([...states.keys()].filter((number) => isAtRest(states[number])));
  // A set visits what is added while it is gone through.
  for (const number of restful) for (const from of before[number] ?? []) restful.add(from);
  return states.filter((_, number) => !restful.has(number));
}

function isAtRest(state: State | undefined): boolean {
  return state !== undefined && names(state).every((name) => isResting(state.records[name]?.status ?? 'queued'));
}
