/** Which licences the packages may have: those that are deployed, and those that only run on developers' machines. */
import { type Component, licenceOf, nameOf } from './bill.ts';

/** Licences that ask for no more than their notice. */
const permissive: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Development packages with another licence, or with none in their package.json, and why each may be used. */
export const exceptions: Readonly<Record<string, string>> = {
  '@cloud-copilot/iam-policy': 'AGPL-3.0-or-later; only the local run imports it (docs/decisions/0036)',
  '@cloud-copilot/iam-simulate': 'AGPL-3.0-or-later; only the local run imports it (docs/decisions/0036)',
  '@cloud-copilot/iam-utils': 'AGPL-3.0-or-later; only the local run imports it (docs/decisions/0036)',
  '@sphereon/kmp-mdoc-core': 'Apache-2.0 in its repository; a dependency of the Credenco sandbox',
  'caniuse-lite': 'CC-BY-4.0; data of a build tool',
  lightningcss: 'MPL-2.0; a build tool, not changed',
  'starkbank-ecdsa': 'MIT in its repository; the test of one sender of webhooks',
};
const exceptionPatterns: readonly (readonly [RegExp, string])[] = [
  [/^lightningcss-/, 'MPL-2.0; the binary of a build tool'],
  [/^node-(linux|darwin|win|aix|sunos)/, 'the binary of Node.js, MIT; its package has no field'],
];

/** Whether one alternative of an SPDX expression is permissive in all its parts. */
export function isPermissive(licence: string): boolean {
  const alternatives = licence.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return alternatives.some((alternative) => alternative.split(' AND ').every((each) => permissive.has(each.trim())));
}

function isException(name: string): boolean {
  return Object.hasOwn(exceptions, name) || exceptionPatterns.some(([pattern]) => pattern.test(name));
}

/** The packages whose licence is not allowed, each as a sentence. */
export function licenceProblems(components: readonly Component[], deployed: ReadonlySet<string>): string[] {
  return components.flatMap((component) => {
    const licence = licenceOf(component);
    if (licence !== undefined && isPermissive(licence)) return [];
    const name = nameOf(component);
    if (deployed.has(name)) return [`${name} is deployed, and its licence is ${licence ?? 'not named'}`];
    if (isException(component.name)) return [];
    return [
      `${name}: its licence is ${licence ?? 'not named'}. Use another package, or add it with the reason to exceptions`,
    ];
  });
}
