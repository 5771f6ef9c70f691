/** A table on a terminal that is redrawn as issuances move. */
import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { lifeCycle, statuses } from '../../lib/issuance/status.ts';
import type { Happening } from '../samples/play.ts';
import { holdingLines, sentence } from './lines-view.ts';
import type { View } from './view.ts';

type Style = Parameters<typeof styleText>[0];

const styles: Record<string, Style> = {
  ...Object.fromEntries(statuses.map((status) => [status, lifeCycle[status].color])),
  replayed: 'green',
  ignored: 'green',
  refused: 'yellow',
  unexpected: ['red', 'bold'],
};

interface Row {
  path: string[];
  note: string;
}

/** `stories` says what each sample is, by its name. */
export function tableView(stories: ReadonlyMap<string, string>, out: NodeJS.WriteStream = process.stdout): View {
  const rows = new Map<string, Row>();
  // The cursor stays to be seen: hiding it would take handlers of signals.
  const update = createLogUpdate(out, { showCursor: true });
  let isLive = false;
  const table = () => [...rows].map(([sample, row]) => line(sample, row, stories.get(sample), out.columns)).join('\n');
  /** What is on the screen stays as it is, now with the rows it had no room for; the table goes on below. */
  const write = (text: string) => {
    if (isLive) update.persist(table());
    isLive = false;
    out.write(`${text}\n`);
  };

  return {
    say: write,
    show(happening) {
      const row = rows.get(happening.sample) ?? { path: [], note: '' };
      rows.set(happening.sample, row);
      row.path.push(happening.what === 'status' ? happening.status : happening.what);
      row.note = noteOf(happening) ?? '';
      update(table());
      isLive = true;
    },
    // The table has room for what moves only; the events are in the state folder's events.jsonl.
    tell() {},
    summarize: (summary) => write(`\n${sentence(summary)}`),
    compare: (holdings) => write(`\n${holdingLines(holdings)}`),
  };
}

function noteOf(happening: Happening): string | undefined {
  return happening.what === 'refused' ? `${happening.code}: ${happening.note}` : happening.note;
}

function line(sample: string, { path, note }: Row, story = '', columns = 100): string {
  const last = path.at(-1) ?? '';
  const plain = `  ${sample.padEnd(20)} ${path.join(' › ').padEnd(46)} ${note || story}`.slice(0, columns - 1);
  const at = plain.lastIndexOf(last, 67);
  if (at < 0) return plain;
  return `${plain.slice(0, at)}${styleText(styles[last] ?? lifeCycle.queued.color, last)}${plain.slice(at + last.length)}`;
}
