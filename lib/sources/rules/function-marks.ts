/** The member names by which JSONata recognizes functions: a value with such a member would be taken for a function. */
export const functionMarks: readonly string[] = ['_jsonata_function', '_jsonata_lambda'];

/** JSONata's functions reference their environment, which is not part of a result. */
export function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && functionMarks.some((mark) => mark in value);
}
