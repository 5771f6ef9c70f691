/** The two pictures of docs/architecture.md, held against the table of transitions and the rules of imports. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { transitions } from '../../lib/issuance/status.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** The arrows of the mermaid diagram that begins with `kind`, as "from to". */
function arrowsOf(kind: string): string[] {
  const diagram = text.split('```mermaid\n').find((part) => part.startsWith(kind)) ?? '';
  const lines = diagram.slice(0, diagram.indexOf('```')).split('\n');
  return lines
    .map((line) => /^\s*([\w[\]*/-]+) --> ([\w[\]*/-]+)(?: *:.*)?$/.exec(line))
    .flatMap((match) => (match === null ? [] : `${match[1]} ${match[2]}`))
    .toSorted();
}

test('the life cycle is drawn as the table of transitions has it', () => {
  const moves = Object.entries(transitions).flatMap(([from, next]) => next.map((to) => `${from} ${to}`));
  const ends = Object.entries(transitions).flatMap(([from, next]) => (next.length === 0 ? `${from} [*]` : []));
  expect(arrowsOf('stateDiagram-v2')).toEqual(['[*] queued', ...moves, ...ends].toSorted());
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
