/** The folders under lib/ whose code is mutated, and the tests that judge it: fast ones that do not read the documents. */

const units = ['test/unit/**/*.test.ts'];

/** Of these, vitest itself leaves out those that do not import what is mutated. */
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

/** Slow ones would judge for minutes each mutation that they reach and nobody notices. */
export const leftOut = [
  'test/unit/**/{docs-*,generated-documents,faults,command-line,sources-examples}.test.ts',
  'test/unit/**/fault-claims-limits.test.ts',
];

export function isMutatedFolder(name: string | undefined): name is keyof typeof mutatedFolders {
  return name !== undefined && Object.hasOwn(mutatedFolders, name);
}
