/** The supply chain: what is deployed, which licences that may have, and what the registry says about it. */
import { describe, expect, test } from 'vitest';
import { billOf, type Component } from '../../../../tools/supply-chain/bill.ts';
import { packageFolders } from '../../../../tools/supply-chain/bundled-packages.ts';
import { isPermissive, licenceProblems } from '../../../../tools/supply-chain/licences.ts';
import { findingsOf } from '../../../../tools/supply-chain/vulnerabilities.ts';

function component(name: string, version: string, id?: string): Component {
  return { name, version, 'bom-ref': `${name}@${version}`, ...(id && { licenses: [{ license: { id } }] }) };
}

test('packages in a bundle are named by their folders, nested ones by the innermost', () => {
  const inputs = {
    'lib/accept/accept.ts': {},
    'node_modules/jose/dist/index.js': {},
    'node_modules/jose/dist/other.js': {},
    'node_modules/@smithy/core/node_modules/@smithy/types/index.js': {},
  };
  expect(packageFolders({ inputs })).toEqual([
    'node_modules/@smithy/core/node_modules/@smithy/types',
    'node_modules/jose',
  ]);
});

test('the bill of what is deployed has these packages once, and their dependencies among each other', () => {
  const components = [
    component('a', '1.0.0'),
    component('b', '1.0.0'),
    component('b', '1.0.0'),
    component('b', '2.0.0'),
  ];
  const dependencies = [
    { ref: 'a@1.0.0', dependsOn: ['b@1.0.0', 'c@1.0.0'] },
    { ref: 'b@2.0.0', dependsOn: [] },
  ];
  const bill = billOf({ components, dependencies }, new Set(['a@1.0.0', 'b@1.0.0']));
  expect(bill.components.map((one) => one['bom-ref'])).toEqual(['a@1.0.0', 'b@1.0.0']);
  expect(bill.dependencies).toEqual([{ ref: 'a@1.0.0', dependsOn: ['b@1.0.0'] }]);
});

describe('a licence', () => {
  test.each([
    ['MIT', true],
    ['(MIT AND Zlib)', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND GPL-3.0-or-later)', false],
    ['AGPL-3.0-or-later', false],
    ['SEE LICENSE IN LICENSE', false],
  ])('%s is permissive: %s', (licence, expected) => expect(isPermissive(licence)).toBe(expected));

  test('that is not permissive is refused, unless the package is a named one of development', () => {
    const agpl = component('@cloud-copilot/iam-simulate', '1.0.0', 'AGPL-3.0-or-later');
    const unnamed = component('left', '1.0.0');
    const problems = licenceProblems([agpl, unnamed, component('jose', '6.0.0', 'MIT')], new Set());
    expect(problems).toEqual([expect.stringContaining('left@1.0.0: its licence is not named')]);
    expect(licenceProblems([agpl], new Set(['@cloud-copilot/iam-simulate@1.0.0']))).toEqual([
      expect.stringContaining('is deployed'),
    ]);
  });
});

describe('known vulnerabilities', () => {
  const found = (severity: 'high' | 'low', fixAvailable: unknown) => ({
    severity,
    range: '<2',
    isDirect: true,
    fixAvailable,
  });

  test('are listed worst first', () => {
    const findings = findingsOf({ vulnerabilities: { a: found('low', true), b: found('high', false) } });
    expect(findings).toEqual({
      known: [
        { name: 'b', severity: 'high', range: '<2', fix: false },
        { name: 'a', severity: 'low', range: '<2', fix: true },
      ],
    });
  });

  test('are not taken for none where the registry does not answer', () => {
    expect(findingsOf({ message: '405 Method Not Allowed' })).toEqual({ unknown: '405 Method Not Allowed' });
  });
});
