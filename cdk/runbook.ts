/** The address of the runbook, to which alarms and failed executions link. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Environment } from '../lib/config/environment.ts';

type RunbookSettings = Pick<Environment, 'environment' | 'runbookUrl'>;

const file = 'docs/runbook.md';

/** The environment's `runbookUrl`, or the page of the repository that this checkout was cloned from, or the file's path. */
export function runbookOf({ runbookUrl }: RunbookSettings, origin = originOfCheckout()): string {
  return runbookUrl ?? pageIn(origin) ?? file;
}

/** What a synthesis prints if the alarms cannot have a link that can be clicked. */
export function runbookWarning(settings: RunbookSettings, origin = originOfCheckout()): string | undefined {
  if (settings.environment === 'local' || runbookOf(settings, origin) !== file) return undefined;
  return `config/${settings.environment}.json: runbookUrl: is not set, and this folder has no git origin: alarms name ${file} without a link`;
}

/**
 * The page of the latest version, as GitHub, GitLab and Gitea name it, for an origin such as `git@host:team/repository.git`.
 * Credentials in the origin are left out.
 */
function pageIn(origin: string): string | undefined {
  const found =
    /^https:\/\/(?:[^@/]*@)?(?<host>[^/]+)\/(?<path>[^?#]+?)(?:\.git)?\/?$/.exec(origin) ??
    /^(?:ssh:\/\/)?[\w.-]+@(?<host>[\w.-]+)(?::\d+\/|[:/])(?<path>[^?#]+?)(?:\.git)?\/?$/.exec(origin);
  return found?.groups && `https://${found.groups['host']}/${found.groups['path']}/blob/HEAD/${file}`;
}

let known: string | undefined;

function originOfCheckout(): string {
  known ??= readOrigin();
  return known;
}

function readOrigin(): string {
  try {
    return execFileSync('git', ['config', '--get', 'remote.origin.url'], {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // No git, no repository, or no origin.
    return '';
  }
}
