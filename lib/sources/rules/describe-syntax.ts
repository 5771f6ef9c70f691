/** Describes where an expression is not valid JSONata. */

/** The parser's messages may be repeated, because the expression comes from the configuration. */
export function describeSyntax(error: unknown): string {
  const { message, position } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const where = typeof position === 'number' ? ` at character ${position}` : '';
  const what = typeof message === 'string' ? `: ${message}` : '';
  return `is not a JSONata expression${where}${what} (try it at https://try.jsonata.org)`;
}
