/** Applies the rules of a source to an event and keeps what each expression gave. */
import type { Arrival } from '../../lib/sources/rules/apply-rules.ts';
import { evaluate, type Surroundings } from '../../lib/sources/rules/evaluate.ts';
import { readTime } from '../../lib/sources/rules/read-time.ts';
import { type RequestPart, requestParts } from '../../lib/sources/rules/request-parts.ts';
import { RuleTime } from '../../lib/sources/rules/rule-time.ts';
import { surroundingsOf } from '../../lib/sources/rules/surroundings.ts';
import type { RuleSettings } from '../../lib/sources/settings.ts';

/** An expression of a rule: its value, or why it has none. */
export interface ExplainedPart {
  part: 'when' | RequestPart;
  /** Undefined if the expression finds nothing. */
  value?: unknown;
  failure?: string;
  /** The rule has no such expression; the value is the default. */
  isDefault?: true;
}

export interface ExplainedRule {
  rule: string;
  /** Whether this is the rule that determines what is issued. */
  applies: boolean;
  /** `when` alone, if the rule does not apply. */
  parts: ExplainedPart[];
}

/** The rules in their order, up to the one that applies or whose `when` fails. */
export async function explainRules(rules: readonly RuleSettings[], arrival: Arrival): Promise<ExplainedRule[]> {
  const { event, headers, messageId } = arrival;
  const surroundings = surroundingsOf(event, headers, new RuleTime(), { messageId });
  const explained: ExplainedRule[] = [];
  for (const rule of rules) {
    const when = rule.when === undefined ? [] : [await partOf('when', rule.when, surroundings)];
    const applies = when.every(({ value }) => value === true);
    const parts = applies ? await requestPartsOf(rule, arrival, surroundings) : [];
    explained.push({ rule: rule.name, applies, parts: [...when, ...parts] });
    if (applies || when.some(({ failure }) => failure !== undefined)) break;
  }
  return explained;
}

async function requestPartsOf(rule: RuleSettings, arrival: Arrival, surroundings: Surroundings) {
  const { time } = arrival.event;
  const defaults = { occurredAt: time && (readTime(time) ?? time), idempotencyKey: arrival.messageId };
  const parts: ExplainedPart[] = [];
  for (const part of requestParts) {
    const text = rule[part];
    if (text !== undefined) parts.push(await partOf(part, text, surroundings));
    else if (part in defaults) parts.push({ part, value: defaults[part as keyof typeof defaults], isDefault: true });
  }
  return parts;
}

async function partOf(part: ExplainedPart['part'], text: string, surroundings: Surroundings): Promise<ExplainedPart> {
  return { part, ...(await evaluate(text, surroundings)) };
}
