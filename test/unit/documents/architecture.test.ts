/** The two pictures of docs/architecture.md, held against the table of transitions and the rules of imports. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFinal, lifeCycle, statuses, statusesWith } from '../../../lib/issuance/status.ts';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** The arrows of the mermaid diagram that begins with `kind`, as "from to", followed by the label if there is one. */
function arrowsOf(kind: string): string[] {
  const diagram = text.split('```mermaid\n').find((part) => part.startsWith(kind)) ?? '';
  const lines = diagram.slice(0, diagram.indexOf('```')).split('\n');
  return lines
    .map((line) => /^\s*([\w[\]*/-]+) --> ([\w[\]*/-]+)(?: *: *(.*))?$/.exec(line))
    .flatMap((match) => (match === null ? [] : match.slice(1).filter(Boolean).join(' ')))
    .toSorted();
}

test('the life cycle is drawn as the table of transitions has it', () => {
  const moves = Object.entries(lifeCycle).flatMap(([from, { next }]) =>
    Object.entries(next).map(([to, why]) => `${from} ${to} ${why}`),
  );
  const ends = statuses.filter(isFinal).map((status) => `${status} [*]`);
  expect(arrowsOf('stateDiagram-v2')).toEqual(['[*] queued', ...moves, ...ends].toSorted());
});

/** The rows of a document's tables that begin with this cell. */
function rowsOf(document: string, first: string): string[][] {
  const lines = readFileSync(join(root, document), 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
  return rows.map((cells) => cells.map((cell) => cell.trim())).filter(([cell]) => cell === first);
}

test.each(statuses)('the API documents what %s means, and what the caller does', (status) => {
  const { meaning, caller } = lifeCycle[status];
  expect(rowsOf('docs/api.md', `\`${status}\``)).toEqual([[`\`${status}\``, meaning, caller]]);
});

test.each(['ended', 'parked'] as const)('the events document lists the statuses that are %s', (stage) => {
  const lines = readFileSync(join(root, 'docs/events.md'), 'utf8').split('\n');
  const group = lines
    .filter((line) => line.startsWith('- `status`: '))
    .flatMap((line) => line.slice('- `status`: '.length).split(';'))
    .find((part) => part.includes(`(${stage}`));
  const listed = [...(group ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(statusesWith('stage', stage).toSorted());
});

interface Rule {
  comment?: string;
  from: { path?: string };
  to: { pathNot?: string | string[] };
}

test('the directions of imports are drawn as dependency-cruiser checks them', () => {
  const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as { forbidden: Rule[] };
  const rules = forbidden.filter(({ comment }) => comment?.includes(' may import only '));
  expect(rules.length).toBeGreaterThan(8);
  const arrows = rules.flatMap(({ from, to }) => {
    const part = from.path?.replace(/^\^|\/$/g, '') ?? '';
    const known = [to.pathNot ?? []].flat().map((path) => path.replace(/^\^/, ''));
    return known.filter((other) => other !== part).map((other) => `${part} ${other}`);
  });
  expect(arrowsOf('flowchart BT')).toEqual(arrows.toSorted());
});
