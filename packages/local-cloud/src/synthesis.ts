/** Synthesizes the CDK application, or uses the last assembly if no source has changed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeFileWhole } from '@issue-on-behalf/files';

/** What to synthesize; paths are relative to `root`. Default: the working folder. */
export interface SynthesisOptions {
  /** The CDK application: the file that Node runs. */
  app: string;
  outDir: string;
  /** Files and folders on which the assembly depends, including the application itself. */
  cacheKeyFiles: string[];
  root?: string;
  /** Context values, in addition to those of cdk.json. */
  context?: Record<string, string>;
}

/** The folder of the assembly, and whether it existed before. */
export interface Synthesis {
  assemblyDir: string;
  cached: boolean;
}

const hashFile = '.source-hash';
const projectFile = 'cdk.json';

async function filesUnder(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

async function sourceHash(root: string, options: SynthesisOptions): Promise<string> {
  const hash = createHash('sha256').update(
    `${process.version}\0${options.app}\0${JSON.stringify(options.context ?? {})}\0`,
  );
  const files = await Promise.all(
    [projectFile, ...options.cacheKeyFiles].map((path) => filesUnder(resolve(root, path))),
  );
  for (const file of files.flat().toSorted()) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

async function readHash(outDir: string): Promise<string | undefined> {
  const file = join(outDir, hashFile);
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}

/** The context that the CDK's own command line would pass, so that the assembly equals the deployed assembly. */
async function contextFor(root: string, given: Record<string, string>): Promise<string> {
  const file = join(root, projectFile);
  const project = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as { context?: object }) : {};
  return JSON.stringify({ ...project.context, ...given });
}

function run(root: string, app: string, outDir: string, context: string): Promise<void> {
  const env = {
    ...process.env,
    CDK_OUTDIR: outDir,
    CDK_CONTEXT_JSON: context,
    CDK_VALIDATION: 'false',
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
  };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [app], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done();
      else fail(new Error(`${app} cannot be synthesized: ${Buffer.concat(said).toString().trim()}`));
    });
  });
}

/** Runs the application unless its sources, the context and Node are unchanged since the last run; prints nothing. */
export async function synthesize(options: SynthesisOptions): Promise<Synthesis> {
  const root = resolve(options.root ?? '.');
  const assemblyDir = resolve(root, options.outDir);
  const hash = await sourceHash(root, options);
  if ((await readHash(assemblyDir)) === hash) return { assemblyDir, cached: true };
  await rm(assemblyDir, { recursive: true, force: true });
  const context = await contextFor(root, options.context ?? {});
  await run(root, options.app, assemblyDir, context);
  if (!existsSync(join(assemblyDir, 'manifest.json'))) {
    throw new Error(`${options.app} has ended without a cloud assembly in ${assemblyDir}`);
  }
  writeFileWhole(join(assemblyDir, hashFile), hash);
  return { assemblyDir, cached: false };
}
