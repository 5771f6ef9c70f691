/** The workflow for GitHub: it runs what CI runs, with pinned actions and without permissions that it does not name. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const workflow = readFileSync('.github/workflows/ci.yml', 'utf8');

test('every action is pinned by a commit, with its version beside it', () => {
  const used = [...workflow.matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(used.length).toBeGreaterThan(0);
  for (const action of used) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('there are no permissions by default, and a job may only read the repository', () => {
  expect(workflow).toMatch(/^permissions: \{\}$/m);
  expect([...workflow.matchAll(/^ {4}permissions:\n((?: {6}.*\n)+)/gm)].map(([, given]) => given?.trim())).toEqual([
    'contents: read',
    'contents: read',
  ]);
});

test('it runs .ci/run and scripts that exist', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
  expect(workflow).toMatch(/^ +- run: \.ci\/run$/m);
  expect(existsSync('.ci/run')).toBe(true);
  const named = [...workflow.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
});
