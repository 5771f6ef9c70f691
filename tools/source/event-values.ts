/** The values in an event, each with the JSONata expression that finds it. */

export interface EventValue {
  /** JSONata, from `$` of a rule. */
  expression: string;
  /** Names of the members from the outside in; an index of an array is no name. */
  names: readonly string[];
  value: string | number | boolean;
}

/** Deeper members are never guessed. */
const mostLevels = 8;
/** Of an array, only the first element is looked into. */
const firstOnly = 1;

/** All strings, numbers and booleans; the outer ones first. */
export function valuesIn(data: unknown, start = ''): EventValue[] {
  return walk(data, start, []).sort((one, other) => one.names.length - other.names.length);
}

function walk(value: unknown, expression: string, names: readonly string[]): EventValue[] {
  if (names.length > mostLevels || value === null) return [];
  if (Array.isArray(value)) {
    return value.slice(0, firstOnly).flatMap((one, index) => walk(one, `${expression}[${index}]`, names));
  }
  if (typeof value === 'object') {
    // JSONata has no way to write a backtick in a name.
    const members = Object.entries(value as Record<string, unknown>).filter(([name]) => !name.includes('`'));
    return members.flatMap(([name, member]) =>
      walk(member, expression === '' ? quoted(name) : `${expression}.${quoted(name)}`, [...names, name]),
    );
  }
  const usable = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return usable && expression !== '' ? [{ expression, names, value }] : [];
}

/** Words of JSONata that are no names without quotes. */
const reserved = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** A name as JSONata reads it: with a hyphen, for example, it needs backticks. */
export function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name) ? name : `\`${name}\``;
}

/** A string in an expression. */
export function literal(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text.replaceAll('\\', '\\\\')}'`;
}

/** The words of a name: `customerEmail`, `customer_email` and `customer-email` have the same. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}
