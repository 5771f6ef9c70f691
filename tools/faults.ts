/** Runs every test that is named after a fault and prints the result of each row; `npm run faults`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf } from './faults/names.ts';
import { allShown, type FileReport, figuresIn, printedTable, resultsOf, testFolders } from './faults/table.ts';

const usage = 'npm run faults [-- ROW …]   runs the tests of all rows, or of these';

/** Runs the tests of these rows (of all rows, if there are none) and returns the reports of vitest. */
function run(rows: readonly string[]): FileReport[] {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  try {
    const output = join(folder, 'report.json');
    const pattern = rows.length === 0 ? 'fault \\d+: ' : `fault (${rows.join('|')}): `;
    const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
    const files = filesOf(testFolders, rows.map(Number));
    const given = [vitest, 'run', ...files, '-t', pattern, '--reporter=json', `--outputFile=${output}`, '--silent'];
    const cwd = join(import.meta.dirname, '..');
    const { stderr } = spawnSync(process.execPath, given, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (!existsSync(output)) throw new Error(`The tests did not run:\n${stderr}`);
    const report = JSON.parse(readFileSync(output, 'utf8')) as { testResults: FileReport[] };
    return report.testResults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function main(given: readonly string[]): number {
  if (!given.every((row) => /^\d+$/.test(row))) {
    console.error(usage);
    return 2;
  }
  console.error('Running the tests of the faults; all of them take some minutes …');
  const reports = run(given);
  const results = resultsOf(reports).filter(({ row }) => given.length === 0 || given.includes(String(row.number)));
  console.log(printedTable(results));
  for (const line of figuresIn(reports)) console.log(line);
  for (const line of failuresIn(reports)) console.log(line);
  return allShown(results) ? 0 : 1;
}

/** One line per failed test, and per file that could not start. */
function failuresIn(reports: readonly FileReport[]): string[] {
  return reports.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`FAILED ${name}: ${message}`];
    return failed.map(({ fullName }) => `FAILED ${name}: ${fullName}`);
  });
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
