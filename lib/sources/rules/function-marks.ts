/** The names by which JSONata knows functions: a value with one of them would pass for one. */
export const functionMarks: readonly string[] = ['_jsonata_function', '_jsonata_lambda'];

/** JSONata's functions hold their surroundings, which are not part of a result. */
export function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && functionMarks.some((mark) => mark in value);
}
