/** Known vulnerabilities of the installed packages, as the registry reports them to `npm audit`. */
import { spawnSync } from 'node:child_process';

const levels = ['critical', 'high', 'moderate', 'low', 'info'] as const;
type Level = (typeof levels)[number];

/** The answer of `npm audit --json`, as far as it is read here. */
export interface Audit {
  vulnerabilities?: Record<string, { severity: Level; range: string; isDirect: boolean; fixAvailable: unknown }>;
  message?: string;
}

/** What was found, worst first, or why nothing could be found out. */
export type Findings =
  | { known: { name: string; severity: Level; range: string; fix: boolean }[] }
  | { unknown: string };

export function findingsOf({ vulnerabilities, message }: Audit): Findings {
  if (vulnerabilities === undefined) return { unknown: message ?? 'npm audit gave no answer' };
  const known = Object.entries(vulnerabilities).map(([name, { severity, range, fixAvailable }]) => {
    return { name, severity, range, fix: fixAvailable !== false };
  });
  return { known: known.toSorted((a, b) => levels.indexOf(a.severity) - levels.indexOf(b.severity)) };
}

/** Asks the registry. */
export function audit(root: string): Findings {
  const { stdout } = spawnSync('npm', ['audit', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  try {
    return findingsOf(JSON.parse(stdout) as Audit);
  } catch {
    return { unknown: 'npm audit gave no JSON' };
  }
}
