/** The faults as tables: the table that a run prints, and docs/faults.md. */
import { join } from 'node:path';
import { faultsIn, levelOf, levelsInSources } from './names.ts';
import { type FaultRow, faultRows } from './rows.ts';

/** The folders with tests: the product's, and those of the packages. */
export const testFolders = ['test', 'packages'].map((folder) => join(import.meta.dirname, '../..', folder));

/** The report of vitest's JSON reporter about one file. */
export interface FileReport {
  name: string;
  status: string;
  /** Why the file failed as a whole. */
  message: string;
  assertionResults: readonly { fullName: string; status: string; meta?: { figures?: readonly string[] } }[];
}

export interface RowResult {
  row: FaultRow;
  levels: string[];
  passed: number;
  failed: number;
  /** Tests of the row that did not run, for example because their file failed to load. */
  skipped: number;
}

/** The result of each row, from the reports. */
export function resultsOf(reports: readonly FileReport[]): RowResult[] {
  const tests = reports.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ level: levelOf(name), faults: faultsIn(fullName), status })),
  );
  return faultRows.map((row) => {
    const own = tests.filter(({ faults }) => faults.includes(row.number));
    const count = (wanted: string) => own.filter(({ status }) => status === wanted).length;
    const [passed, failed] = [count('passed'), count('failed')];
    const levels = [...new Set(own.map(({ level }) => level))].sort();
    return { row, levels, passed, failed, skipped: own.length - passed - failed };
  });
}

/** The result in one word. */
export function verdictOf({ row, passed, failed, skipped }: RowResult): string {
  if (failed > 0) return 'FAILED';
  if (skipped > 0) return 'SKIPPED';
  if (passed > 0) return 'passed';
  return row.notShown === undefined ? 'NONE' : `not shown here: ${row.notShown}`;
}

/** Whether every row passed, or states why it cannot be tested. */
export function allShown(results: readonly RowResult[]): boolean {
  return results.every((result) => !/^(FAILED|SKIPPED|NONE)$/.test(verdictOf(result)));
}

export function printedTable(results: readonly RowResult[]): string {
  const cells = results.map((result) => [
    String(result.row.number).padStart(3),
    result.row.fault,
    result.levels.join(', '),
    String(result.passed + result.failed + result.skipped).padStart(5),
    verdictOf(result),
  ]);
  const lines = [['row', 'fault', 'level', 'tests', 'result'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/** The figures that the tests of these reports counted, each with its rows. */
export function figuresIn(reports: readonly FileReport[]): string[] {
  const tests = reports.flatMap(({ assertionResults }) => assertionResults);
  return tests.flatMap(({ fullName, meta }) =>
    (meta?.figures ?? []).map((text) => `${faultsIn(fullName).join(', ').padStart(3)}  ${text}`),
  );
}

/** The text of docs/faults.md. */
export function faultsDocument(): string {
  const levels = levelsInSources(testFolders);
  const lines = faultRows.map(({ number, fault, expected, notShown }) => {
    const where = levels.get(number)?.join(', ') ?? notShown ?? 'no test yet';
    return `| ${number} | ${fault} | ${expected} | ${where} |`;
  });
  return `${[intro, ['| # | fault or input | expected | tested in |', '| --- | --- | --- | --- |', ...lines].join('\n')].join('\n\n')}\n`;
}

const intro = `# Faults

The faults that the product must handle, and the expected behaviour. Each row has tests whose names begin with its number
(\`fault 7: …\`). \`npm run faults\` runs them and prints row, level and result. \`npm run docs\` writes this document.
The levels are the folders under test/ and the packages; *local system* is test/acceptance, over HTTP against \`npm start\`.`;
