/** Every fault of the list has a test by its number, or a reason in words; docs/faults.md lists them all. */
import { describe, expect, test } from 'vitest';
import { levelsInSources } from '../../../tools/faults/names.ts';
import { faultRows } from '../../../tools/faults/rows.ts';
import { resultsOf, testFolders, verdictOf } from '../../../tools/faults/table.ts';

const numbers = faultRows.map(({ number }) => number);

test('the list is complete and in order', () => {
  expect(numbers.slice(0, 41)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
});

test('every row has a test by its number, or a reason', () => {
  const named = levelsInSources(testFolders);
  expect(faultRows.filter(({ number, notShown }) => !named.has(number) && !notShown)).toEqual([]);
  expect([...named.keys()].filter((number) => !numbers.includes(number))).toEqual([]);
});

describe('what a run says of a row', () => {
  const verdict = (...tests: [string, string][]) => {
    const assertionResults = tests.map(([fullName, status]) => ({ fullName, status }));
    const [, second] = resultsOf([{ name: '/x/test/unit/a.test.ts', status: '', message: '', assertionResults }]);
    return second && [verdictOf(second), second.levels.join()];
  };
  const name = `fault ${2}: a crash`;

  test('is the worst of its tests', () => {
    expect(verdict([name, 'passed'], [`a describe ${name}`, 'passed'])).toEqual(['passed', 'unit']);
    expect(verdict([name, 'passed'], [name, 'failed'])).toEqual(['FAILED', 'unit']);
  });

  test('is never good where a test did not run, or there is none', () => {
    expect(verdict([name, 'passed'], [name, 'skipped'])).toEqual(['SKIPPED', 'unit']);
    expect(verdict(['of another', 'passed'])).toEqual(['NONE', '']);
  });
});
