/** Synthesis runs the application only when something it depends on has changed. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { synthesize } from '../src/synthesis.ts';
import { loadAssembly } from '../src/template/assembly.ts';

const root = mkdtempSync(join(tmpdir(), 'synthesis-'));
const options = {
  root,
  app: 'cdk/app.ts',
  context: { environment: 'local' },
  outDir: 'out',
  cacheKeyFiles: ['cdk', 'missing'],
};

beforeAll(() => {
  mkdirSync(join(root, 'cdk'));
  copyFileSync(join(import.meta.dirname, 'fixtures/app-of-nothing.ts'), join(root, 'cdk/app.ts'));
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'cdk.json'), '{"context":{"flag":"set"}}');
});
afterAll(() => rmSync(root, { recursive: true }));

const stackNames = (folder: string): string[] => [...loadAssembly(folder).stacks.keys()];

it('synthesizes with the project’s own context, and not again without need', async () => {
  const first = await synthesize(options);
  expect(first).toEqual({ assemblyDir: join(root, 'out'), cached: false });
  const { stacks } = loadAssembly(first.assemblyDir);
  expect(stacks.get('Nothing-local')?.template['Outputs']).toEqual({ Flag: { Value: 'set' } });
  expect(await synthesize(options)).toEqual({ ...first, cached: true });
});

it('synthesizes again when a source, the environment or the context changes', async () => {
  writeFileSync(join(root, 'cdk/more.ts'), 'export {};\n');
  expect((await synthesize(options)).cached).toBe(false);
  const other = await synthesize({ ...options, context: { environment: 'dev' } });
  expect([other.cached, stackNames(other.assemblyDir)]).toEqual([false, ['Nothing-dev']]);
  writeFileSync(join(root, 'cdk.json'), '{"context":{"flag":"other"}}');
  expect((await synthesize({ ...options, context: { environment: 'dev' } })).cached).toBe(false);
});

it('fails with what the application said, and does not take the ruins for an assembly', async () => {
  writeFileSync(join(root, 'cdk/app.ts'), 'throw new Error("no such environment");\n');
  await expect(synthesize(options)).rejects.toThrow('no such environment');
  await expect(synthesize(options)).rejects.toThrow('no such environment');
});
