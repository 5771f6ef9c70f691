/** Describes the rules of a source and the value of each of their expressions for a person. */
import type { ExplainedPart, ExplainedRule } from './explain-rules.ts';

const nameWidth = 15;
/** Longer values are cut. */
const longestValue = 2000;

export function describeRules(rules: readonly ExplainedRule[]): string[] {
  return rules.flatMap(({ rule, applies, parts }) => {
    const when = parts.find(({ part }) => part === 'when');
    const others = parts.filter(({ part }) => part !== 'when');
    const asked = when === undefined ? 'has no when' : `when: ${shownValue(when)}`;
    return [`  rule ${rule}${applies ? ' applies' : ''} (${asked})`, ...others.map(describePart)];
  });
}

function describePart(part: ExplainedPart): string {
  const text = `    ${part.part.padEnd(nameWidth)} ${shownValue(part)}${part.isDefault ? '   (default)' : ''}`;
  return text.replaceAll('\n', `\n${' '.repeat(nameWidth + 5)}`);
}

function shownValue({ value, failure }: ExplainedPart): string {
  if (failure !== undefined) return `failed: ${failure}`;
  if (value === undefined) return 'finds nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  // Control characters of a sender must not reach the terminal.
  const safe = text.replaceAll(/(?!\n)\p{Cc}/gu, '\u{FFFD}');
  return safe.length > longestValue ? `${safe.slice(0, longestValue)}…` : safe;
}
