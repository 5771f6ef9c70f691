/** docs/protocol.md shows what the model prints, and names what it checks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { breaches } from './breaches.ts';
import { invariantNames } from './invariants.ts';
import { search } from './search.ts';
import { printed } from './trace.ts';

const document = readFileSync(join(import.meta.dirname, '../../docs/protocol.md'), 'utf8');

test('the trace in the document is the one that is printed', () => {
  const { violation } = search({ workers: 1, newer: false, rules: breaches['no-settling'] });
  expect(document).toContain(`\`\`\`\n${violation && printed(violation).join('\n')}\n\`\`\``);
});

test.each([...invariantNames, ...Object.keys(breaches)])('the document names "%s"', (name) => {
  expect(document).toContain(name);
});
