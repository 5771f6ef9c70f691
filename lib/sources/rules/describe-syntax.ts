/** Says where an expression is no JSONata. */

/** What the parser says of the configuration's own text may be repeated. */
export function describeSyntax(error: unknown): string {
  const { message, position } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const where = typeof position === 'number' ? ` at character ${position}` : '';
  const what = typeof message === 'string' ? `: ${message}` : '';
  return `is not a JSONata expression${where}${what} (try it at https://try.jsonata.org)`;
}
