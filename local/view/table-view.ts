/** A table on a terminal that is redrawn as issuances move. */
import { styleText } from 'node:util';
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
  let drawn = 0;

  function draw(): void {
    if (drawn > 0) out.write(`\u001b[${drawn}A`);
    for (const [sample, row] of rows) out.write(`\u001b[2K${line(sample, row, stories.get(sample), out.columns)}\n`);
    drawn = rows.size;
  }

  return {
    say(text) {
      out.write(`${text}\n`);
      // What is above the text stays as it is; the table goes on below.
      drawn = 0;
    },
    show(happening) {
      const row = rows.get(happening.sample) ?? { path: [], note: '' };
      rows.set(happening.sample, row);
      row.path.push(happening.what === 'status' ? happening.status : happening.what);
      row.note = noteOf(happening) ?? '';
      draw();
    },
    // The table has room for what moves only; the events are in the state folder's events.jsonl.
    tell() {},
    summarize(summary) {
      out.write(`\n${sentence(summary)}\n`);
      drawn = 0;
    },
    compare: (holdings) => void out.write(`\n${holdingLines(holdings)}\n`),
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
