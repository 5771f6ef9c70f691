/** The table of `npm start` shows each sample once, as it stands, whatever the size of the terminal. */
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { tableView } from '../../../local/view/table-view.ts';
import { TerminalScreen } from '../../fakes/terminal-screen.ts';

const names = ['one', 'two', 'three', 'four', 'five', 'six'];
const at = '2026-11-22T09:00:00.000Z';

const nameIn = (line: string) => line.trim().split(' ')[0];

function shown(rows: number): { screen: TerminalScreen; view: ReturnType<typeof tableView> } {
  const screen = new TerminalScreen(120, rows);
  const view = tableView(new Map([['one', 'a story']]), screen as unknown as WriteStream);
  view.say('Starting');
  for (const status of ['queued', 'submitting', 'confirmed'] as const)
    for (const sample of names) view.show({ what: 'status', sample, id: 'iss_1', status, at });
  return { screen, view };
}

test('each sample has one line, with all it went through', () => {
  const { lines } = shown(40).screen;
  expect(lines[0]).toBe('Starting');
  expect(lines.slice(1).map(nameIn)).toEqual(names);
  for (const line of lines.slice(1)) expect(line).toMatch(/queued › submitting › .*confirmed/);
  expect(lines[1]).toContain('a story');
});

test('a terminal with fewer rows than samples shows no line twice, and all of them in the end', () => {
  const { screen, view } = shown(4);
  expect(screen.lines.at(-1)).toContain('six');
  expect(new Set(screen.lines).size).toBe(screen.lines.length);
  view.say('The end');
  expect(screen.lines.filter((line) => line.includes('confirmed')).map(nameIn)).toEqual(names);
});

test('what is said comes below, and the table after it again', () => {
  const { screen, view } = shown(40);
  view.say('Ctrl-C ends it');
  view.show({ what: 'status', sample: 'one', id: 'iss_1', status: 'failed', at, note: 'why' });
  const { lines } = screen;
  expect(lines.filter((line) => line.includes('one'))).toHaveLength(2);
  expect(lines.indexOf('Ctrl-C ends it')).toBe(1 + names.length);
  expect(lines[2 + names.length]).toContain('why');
});
