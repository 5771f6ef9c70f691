/** Decodes a form-encoded body (application/x-www-form-urlencoded) into an object. */

export const formType = 'application/x-www-form-urlencoded';

/** A field that occurs once is a string; one that occurs several times is a list of strings. */
export function readForm(text: string): Record<string, string | string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) fields.set(name, [...(fields.get(name) ?? []), value]);
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? String(values[0]) : values]),
  );
}
