/** An active fault: decides for each call whether it applies. */
import type { FaultRule } from './fault-rule.ts';
import { seededRandom } from './seeded-random.ts';

/** An active fault with the counters for its conditions. */
export interface ArmedFault {
  readonly name: string;
  readonly rule: FaultRule;
  readonly endsAt: number;
  readonly random: () => number;
  seen: number;
  injected: number;
}

/** Activates a fault; `now` (ms since the epoch) starts its `forMs`. */
export function armFault(name: string, rule: FaultRule, now: number): ArmedFault {
  const byDuration = rule.forMs === undefined ? Number.POSITIVE_INFINITY : now + rule.forMs;
  const byDate = rule.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(rule.until);
  return {
    name,
    rule,
    endsAt: Math.min(byDuration, byDate),
    random: seededRandom(rule.seed ?? 1),
    seen: 0,
    injected: 0,
  };
}

/** Whether the fault can still apply at `now`. */
export function isActive(fault: ArmedFault, now: number): boolean {
  return now < fault.endsAt && fault.injected < (fault.rule.next ?? Number.POSITIVE_INFINITY);
}

/** Whether the fault applies to this call of `operation`; counts the call. */
export function strikes(fault: ArmedFault, operation: string, now: number): boolean {
  const { rule } = fault;
  if (rule.operation !== undefined && rule.operation !== operation) return false;
  if (!isActive(fault, now)) return false;
  fault.seen += 1;
  if (rule.every !== undefined && fault.seen % rule.every !== 0) return false;
  if (rule.probability !== undefined && fault.random() >= rule.probability) return false;
  fault.injected += 1;
  return true;
}
