/** Builds each function into one file and copies the environment's configuration beside it. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { apiDocumentFile, environmentFile } from '../lib/config/deployed-names.ts';
import type { Environment } from '../lib/config/environment.ts';
import { type FunctionName, functionEnvironments } from '../lib/config/function-environment.ts';

const root = join(import.meta.dirname, '..');
const buildDirectory = join(root, 'build');
const bundleDirectory = join(buildDirectory, 'functions');
/** Packages in separate files that are loaded when they are needed: lib/sources/rules/engine.ts, lib/programs/schema-checker.ts. */
export const loadedLater = { jsonata: 'jsonata.js', '@cfworker/json-schema': 'json-schema.js' } as const;

/** All functions; each has functions/<name>/index.ts. */
export const functionNames = Object.keys(functionEnvironments) as FunctionName[];

/** Size of each bundle in bytes, minified. */
export type BundleSizes = Record<FunctionName, number>;

const settings = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // Not ESM: an ES module that imports node:http also loads undici at startup, which takes 50 ms or more.
  format: 'cjs',
  mainFields: ['module', 'main'],
  // More than a sixth of each bundle; see docs/decisions/0003-bundles.md.
  alias: {
    '@aws-sdk/credential-provider-node': join(root, 'lib/aws/function-credentials.ts'),
    '@aws-sdk/endpoint-cache': join(root, 'lib/aws/endpoint-cache.ts'),
    '@aws-sdk/signature-v4-multi-region': join(root, 'lib/aws/single-region-signer.ts'),
    '@smithy/core/event-streams': join(root, 'lib/aws/event-streams.ts'),
  },
  minify: true,
  treeShaking: true,
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

const laterOnes: Plugin = {
  name: 'later-ones',
  setup(builder) {
    for (const [name, file] of Object.entries(loadedLater)) {
      builder.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: `./${file}`, external: true }));
    }
  },
};

/** An AWS client uses only the version of its package.json; the whole file would add 2 KB per client to the bundle. */
const packageVersions: Plugin = {
  name: 'package-versions',
  setup(builder) {
    builder.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** Files beside a bundle that are loaded when they are needed. */
const companions: Partial<Record<FunctionName, readonly string[]>> = {
  trigger: [...Object.values(loadedLater), apiDocumentFile],
  worker: Object.values(loadedLater),
};

/** Builds every function to build/functions/<name>/index.js, including the AWS SDK, which starts faster than Lambda's own. */
export async function buildFunctions(): Promise<BundleSizes> {
  const entryPoints = functionNames.map((name) => [`${name}/index`, `functions/${name}/index.ts`]);
  const result = await build({
    ...settings,
    entryPoints: Object.fromEntries(entryPoints),
    outdir: bundleDirectory,
    plugins: [laterOnes, packageVersions],
    metafile: true,
  });
  for (const [name, file] of Object.entries(loadedLater)) {
    await build({ ...settings, entryPoints: [name], outfile: join(bundleDirectory, file) });
  }
  copyFileSync(join(root, 'functions/trigger', apiDocumentFile), join(bundleDirectory, apiDocumentFile));
  // The project's package.json says "module". This file tells Node that the bundles are CommonJS.
  writeFileSync(join(buildDirectory, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(buildDirectory, 'metafile.json'), JSON.stringify(result.metafile));
  const sizeOf = (name: string) => result.metafile.outputs[`build/functions/${name}/index.js`]?.bytes ?? 0;
  return Object.fromEntries(functionNames.map((name) => [name, sizeOf(name)])) as BundleSizes;
}

/** Whether a function reads the environment's file. The other functions are deployed again only when their code changes. */
export function readsEnvironment(name: FunctionName): boolean {
  return Object.hasOwn(functionEnvironments[name].shape, 'ENVIRONMENT_FILE');
}

/**
 * Creates a folder per function with its bundle, the files beside it and, if the function reads it, the configuration. The
 * same input gives the same bytes, so that only changes are deployed. Returns the folder that contains them.
 */
export function placeBundles(environment: Environment, from = bundleDirectory, to?: string): string {
  const text = `${JSON.stringify(environment, undefined, 2)}\n`;
  const target = to ?? join(buildDirectory, 'environments', environment.environment);
  rmSync(target, { recursive: true, force: true });
  for (const name of functionNames) {
    const bundle = join(from, name, 'index.js');
    if (!existsSync(bundle)) throw new Error(`${bundle} is missing: build the functions first`);
    mkdirSync(join(target, name), { recursive: true });
    copyFileSync(bundle, join(target, name, 'index.js'));
    for (const file of companions[name] ?? []) copyFileSync(join(from, file), join(target, name, file));
    if (readsEnvironment(name)) writeFileSync(join(target, name, environmentFile), text);
  }
  return target;
}
