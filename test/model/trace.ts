/** A violation as lines a person can follow: when, what happened, and what it changed. */
import type { Violation } from './search.ts';
import { names, type State } from './state.ts';

export function printed({ invariant, what, trace }: Violation): string[] {
  const width = Math.max(...trace.map(({ label }) => label.length));
  let last = '';
  const lines = trace.map(({ label, state }) => {
    const told = summary(state);
    const line = `${String(state.now).padStart(3)}  ${told === last ? label : `${label.padEnd(width)}  ${told}`}`;
    last = told;
    return line;
  });
  return [...lines, `violated "${invariant}": ${what}`];
}

function summary(state: State): string {
  const records = names(state).map((name) => `${name} ${state.records[name]?.status}`);
  return `${records.join(', ')}; holder has ${state.provider.live ?? 'nothing'}`;
}
