/** Decodes a form-encoded body (application/x-www-form-urlencoded) into an object. */

export const formType = 'application/x-www-form-urlencoded';

/** A field that occurs once is a string; one that occurs several times is a list of strings. */
export function readForm(text: string): Record<string, string | string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name);
    // Not copied: a hundred thousand fields of one name would be copied as often.
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? String(values[0]) : values]),
  );
}
