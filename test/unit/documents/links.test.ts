/** Links between the documents lead somewhere, and what they name exists. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...globSync(['docs/**/*.md', 'packages/*/README.md'], { cwd: root }),
];

/** As GitHub makes an anchor of a heading. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, 'utf8').match(/^#{1,6} .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What is wrong with a link, or undefined. */
function complaint(document: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(root, document) : join(root, dirname(document), path);
  if (!existsSync(file)) return `${document}: ${target}: there is no such file`;
  if (anchor !== undefined && !anchorsOf(file).includes(anchor)) return `${document}: ${target}: no such heading`;
  return undefined;
}

test.each(documents)('the links of %s lead somewhere', (document) => {
  const text = readFileSync(join(root, document), 'utf8');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  expect(targets.flatMap((target) => complaint(document, target) ?? [])).toEqual([]);
});

test.each(documents)('the npm scripts %s names exist', (document) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const named = [...readFileSync(join(root, document), 'utf8').matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => name !== undefined && !Object.hasOwn(scripts, name))).toEqual([]);
});

test('every document can be reached from docs/README.md', () => {
  const seen = new Set<string>();
  const visit = (document: string) => {
    if (seen.has(document)) return;
    seen.add(document);
    const text = readFileSync(join(root, document), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#\s]+\.md)(?:#[^)]*)?\)/g)) {
      visit(join(dirname(document), target));
    }
  };
  visit('docs/README.md');
  expect(documents.filter((document) => !seen.has(document))).toEqual([]);
});
