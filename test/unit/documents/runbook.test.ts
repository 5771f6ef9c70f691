/** Every place that sends an operator to the runbook finds its section there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { templatesOf } from '../../infrastructure/synthesized.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook.md'), 'utf8');
const sections = new Map(
  runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
);

function anchorsUsed(): string[] {
  const { stateful, stateless } = templatesOf();
  const text = JSON.stringify([stateful.toJSON(), stateless.toJSON()]);
  return [...new Set([...text.matchAll(/docs\/runbook\.md#([a-z-]+)/g)].map(([, anchor]) => anchor ?? ''))].toSorted();
}

test('every link to the runbook has its section', () => {
  const anchors = anchorsUsed();
  expect(anchors).toContain('dead-letters');
  expect(anchors.filter((anchor) => !sections.has(anchor))).toEqual([]);
});

test('each of these sections says what it means, how to investigate, how to resolve it and when it is resolved', () => {
  const incomplete = anchorsUsed().filter((anchor) =>
    ['**Meaning.**', '**Investigate.**', '**Resolve.**', '**Resolved**'].some(
      (part) => !sections.get(anchor)?.includes(part),
    ),
  );
  expect(incomplete).toEqual([]);
});
