/** Loads a handler from a bundle like Lambda, regardless of any package.json above the cloud assembly. */
import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A Lambda handler that returns a promise or a value. */
export type Handler = (event: unknown, context: object) => unknown;

type Compiling = Module & { _compile(code: string, file: string, format?: string): void };

function isModule(bundle: string): boolean {
  if (bundle.endsWith('.mjs')) return true;
  if (bundle.endsWith('.cjs')) return false;
  const manifest = join(dirname(bundle), 'package.json');
  return existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type === 'module';
}

/** In Lambda, an asset without package.json is CommonJS; here, the project's own package.json would apply. */
function loadCommonJs(bundle: string): unknown {
  const module = new Module(bundle) as Compiling;
  module.filename = bundle;
  module.paths = [join(dirname(bundle), 'node_modules')];
  module.require = createRequire(bundle);
  module._compile(readFileSync(bundle, 'utf8'), bundle, 'commonjs');
  return module.exports;
}

/** The handler under its export name; fails if the bundle has no such function. */
export async function loadHandler(bundle: string, exportName: string): Promise<Handler> {
  const loaded: unknown = isModule(bundle) ? await import(pathToFileURL(bundle).href) : loadCommonJs(bundle);
  const handler = (loaded as Record<string, unknown>)[exportName];
  if (typeof handler === 'function') return handler as Handler;
  throw Object.assign(new Error(`${bundle} exports no function ${exportName}`), { name: 'Runtime.HandlerNotFound' });
}
