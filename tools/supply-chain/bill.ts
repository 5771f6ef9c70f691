/** A CycloneDX bill of materials, as `npm sbom` writes it, and the part of it that is deployed. */

export interface Component {
  name: string;
  version: string;
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
  'bom-ref': string;
}

/** https://cyclonedx.org/docs/1.5/json, as far as it is read here. */
export interface Bill {
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** The name that identifies a package and its version. */
export function nameOf({ name, version }: Pick<Component, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/** The bill of these packages only; the same package is in it once, wherever it is installed. */
export function billOf<Whole extends Bill>(whole: Whole, names: ReadonlySet<string>): Whole {
  const components = [...new Map(whole.components.map((one) => [nameOf(one), one])).values()].filter((one) =>
    names.has(nameOf(one)),
  );
  const kept = new Set(components.map((one) => one['bom-ref']));
  const dependencies = whole.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
  return { ...whole, components, dependencies };
}

/** SPDX identifier or expression; undefined if the package names none. */
export function licenceOf({ licenses = [] }: Component): string | undefined {
  const [first] = licenses;
  return first?.expression ?? first?.license?.id ?? first?.license?.name;
}
