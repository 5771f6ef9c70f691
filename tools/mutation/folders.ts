/** The folders under lib/ whose code is mutated, and the tests that judge it: fast tests that do not read the documents. */

const units = ['test/unit/**/*.test.ts'];

/** Vitest itself omits the tests that do not import the mutated code. */
export const mutatedFolders = {
  issuance: units,
  accept: units,
  submit: units,
  confirm: units,
  operate: units,
  signing: units,
  sources: [...units, 'test/integration/events-*.test.ts'],
  providers: [...units, 'test/integration/{air-kit,credenco,outbound}*.test.ts'],
} as const satisfies Record<string, readonly string[]>;

/** A slow test would take minutes for each mutation that it reaches and no test notices. */
export const leftOut = [
  'test/unit/documents/*.test.ts',
  'test/unit/**/{faults,command-line,examples}.test.ts',
  'test/unit/**/fault-claims-limits.test.ts',
];

export function isMutatedFolder(name: string | undefined): name is keyof typeof mutatedFolders {
  return name !== undefined && Object.hasOwn(mutatedFolders, name);
}
