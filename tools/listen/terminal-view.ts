/** Shows received events on the terminal. They contain personal data and are not stored. */
import { describeRules } from '../try/describe-rules.ts';
import { describeTrial } from '../try/describe-trial.ts';
import type { Trial } from '../try/event-trial.ts';
import type { HeardEvent, ListenView, RunAgain } from './listening.ts';

export function terminalView(file: string, print: (line: string) => void): ListenView {
  return {
    heard(event) {
      print(`\n${heading(event)}`);
      printResult(event, print);
    },
    again(events, at) {
      print(
        `\n${file} was saved at ${timeOf(at)}; ${events.length === 1 ? '1 event' : `${events.length} events`} again:`,
      );
      for (const event of events) {
        print(`${heading(event)}: ${shortly(event.now.trial)}${event.differs ? ', changed' : ''}`);
        if (event.differs) printResult(event, print);
      }
    },
    unusable(message) {
      print(`\n${message}\nThe events were not run again.`);
    },
  };
}

function printResult({ now: { events, hints } }: HeardEvent | RunAgain, print: (line: string) => void): void {
  if (events.length === 0) print('  split finds no event');
  for (const [index, { rules, trial }] of events.entries()) {
    if (events.length > 1) print(`  event ${index + 1} of ${events.length}`);
    for (const line of describeRules(rules)) print(line);
    // The parts of an accepted event are listed with its rule.
    const [summary = '', ...details] = describeTrial(trial).split('\n');
    print(`  ${summary}`);
    if (trial.outcome !== 'accepted') for (const line of details) print(`  ${line}`);
  }
  for (const hint of hints) print(`  ${hint}`);
}

function heading({ number, delivery: { at, by, source, answer } }: HeardEvent): string {
  const answered = answer === undefined ? '' : `, answered ${answer.status}`;
  return `${number}  ${timeOf(new Date(at))}  ${by} of ${source}${answered}`;
}

function shortly(trial: Trial): string {
  if (trial.outcome === 'accepted') return `accepted by ${trial.rule}`;
  if (trial.outcome === 'split') return trial.events.map(shortly).join('; ') || 'no event';
  return trial.outcome === 'ignored' ? 'ignored' : `refused with ${trial.code}`;
}

function timeOf(at: Date): string {
  return at.toTimeString().slice(0, 8);
}
