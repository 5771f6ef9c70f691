/** The source that an event is tried with: an entry of the environment, or a file that is to become one. */
import { existsSync, readFileSync } from 'node:fs';
import type { Environment } from '../../lib/config/environment.ts';
import { loadEnvironment, parseEnvironment } from '../../lib/config/load-environment.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import { UsageError } from '../command-line/usage-error.ts';

export interface TrialSource {
  environment: Environment;
  settings: SourceSettings;
}

/**
 * The environment and the settings of its source. With `file`, its content takes the place of the source’s entry, and is
 * checked as if it were there. Throws UsageError or ConfigurationError.
 */
export function trialSource(source: string, name: string, file: string | undefined): TrialSource {
  const loaded = loadEnvironment(name);
  const environment = file === undefined ? loaded : withSource(source, name, file);
  const settings = Object.hasOwn(environment.sources, source) ? environment.sources[source] : undefined;
  if (settings !== undefined) return { environment, settings };
  const known = Object.keys(environment.sources).join(', ') || 'none';
  throw new UsageError(`config/${name}.json has no source ${source} (there are: ${known})`);
}

function withSource(source: string, name: string, file: string): Environment {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}`);
  const environment = JSON.parse(readFileSync(`config/${name}.json`, 'utf8'));
  const sources = { ...environment.sources, [source]: readSettings(file) };
  return parseEnvironment(JSON.stringify({ ...environment, sources }), `${file} in config/${name}.json`);
}

function readSettings(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
}
