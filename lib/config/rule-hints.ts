/** What a synthesis prints about rules that are valid, but may not do what their author expects. */
import { expressionHints, ruleHints } from '../sources/rules/hints.ts';
import type { Environment } from './environment.ts';

/** One line per hint; undefined if there are none. */
export function ruleHintsOf({ environment, sources, programs }: Environment): string | undefined {
  const isListClaim = (program: string, claim: string) => {
    const properties = programs[program]?.claims['properties'] as Record<string, unknown> | undefined;
    const schema = properties !== undefined && Object.hasOwn(properties, claim) ? properties[claim] : undefined;
    return typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'array';
  };
  const lines = Object.entries(sources).flatMap(([name, { split, rules }]) => [
    ...expressionHints(split).map((message) => `${name}.split: ${message}`),
    ...ruleHints(rules, isListClaim).map(({ path, message }) => `${name}.rules.${path.join('.')}: ${message}`),
  ]);
  return lines.length === 0 ? undefined : lines.map((line) => `config/${environment}.json: sources.${line}`).join('\n');
}
