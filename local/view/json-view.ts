/** One JSON object per line on standard output; words for people go to standard error. */
import type { View } from './view.ts';

export function jsonView(): View {
  const print = (value: unknown) => console.log(JSON.stringify(value));
  return {
    say: (line) => console.error(line),
    show: print,
    tell: (event) => print({ what: 'event', ...event }),
    summarize: print,
    compare: (holdings) => print({ what: 'holdings', accounts: Object.fromEntries(holdings) }),
  };
}
