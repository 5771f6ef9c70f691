/** The switches of a sandbox: the provider's own switches and the faults. A change is applied completely or not at all. */
import * as z from 'zod';
import { type ArmedFault, armFault, isActive, strikes } from './armed-fault.ts';
import { type FaultRule, type FaultRuleInput, faultRuleSchema } from './fault-rule.ts';
import { Refusal } from './refusal.ts';

/** The inputs of a switchboard: the strict schema of the provider's switches, with a default for each. */
export interface SwitchboardOptions<Own extends object> {
  readonly schema: z.ZodType<Own>;
  readonly operations: readonly string[];
  readonly initial?: unknown;
  readonly clock?: () => number;
}

/** The current switches; also valid as a PUT body. */
type Switches<Own extends object> = Own & { readonly faults: Record<string, FaultRuleInput> };

/** How often the operation of a fault was called, how often the fault applied, and whether it can still apply. */
export interface FaultCount {
  readonly seen: number;
  readonly injected: number;
  readonly active: boolean;
}

/** Reads and changes the switches; `merge` throws a Refusal (400) that names the wrong key. */
export interface Switchboard<Own extends object> {
  own(): Own;
  read(): Switches<Own>;
  merge(patch: unknown): void;
  reset(): void;
  strike(operation: string): ArmedFault[];
  faultCounts(): Record<string, FaultCount>;
}

const patchSchema = z.looseObject({ faults: z.record(z.string(), z.unknown()).optional() });

function check<T>(schema: z.ZodType<T>, value: unknown, prefix: string[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => {
    const path = [...prefix, ...issue.path.map(String)].join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
  throw new Refusal(400, `switches refused: ${issues.join('; ')}`);
}

function checkFault(name: string, value: unknown, operations: readonly string[]): FaultRule {
  const rule = check(faultRuleSchema, value, ['faults', name]);
  if (rule.operation !== undefined && !operations.includes(rule.operation)) {
    throw new Refusal(400, `switches refused: faults.${name}.operation: one of ${operations.join(', ')}`);
  }
  return rule;
}

interface State<Own extends object> {
  readonly own: Own;
  readonly faults: ReadonlyMap<string, ArmedFault>;
}

/** In a patch null means "as at the start". */
function ownAfter(initial: object, current: object, patch: Record<string, unknown>): Record<string, unknown> {
  const asked = Object.entries(patch).filter(([, value]) => value !== null);
  const kept = Object.entries(current).filter(([name]) => patch[name] !== null);
  return { ...initial, ...Object.fromEntries(kept), ...Object.fromEntries(asked) };
}

/** The state after a patch; a fault that is set again starts over; a fault set to null is deactivated. */
function merged<Own extends object>(
  options: SwitchboardOptions<Own>,
  initial: object,
  state: State<Own> | undefined,
  patch: unknown,
): State<Own> {
  const { faults: faultPatch = {}, ...ownPatch } = check(patchSchema, patch, []);
  const own = check(options.schema, ownAfter(initial, state?.own ?? {}, ownPatch), []);
  const faults = new Map(state?.faults);
  const now = (options.clock ?? Date.now)();
  for (const [name, value] of Object.entries(faultPatch)) {
    faults.delete(name);
    if (value !== null) faults.set(name, armFault(name, checkFault(name, value, options.operations), now));
  }
  return { own, faults };
}

/** Latencies add up, but only the first other fault applies: a call ends in one way. */
function struckBy(faults: Iterable<ArmedFault>, operation: string, now: number): ArmedFault[] {
  const struck: ArmedFault[] = [];
  let ended = false;
  for (const fault of faults) {
    const ends = fault.rule.kind !== 'latency';
    if ((ends && ended) || !strikes(fault, operation, now)) continue;
    struck.push(fault);
    ended ||= ends;
  }
  return struck;
}

/** Creates the switchboard; throws a Refusal if `initial` is not valid. `reset` goes back to `initial`. */
export function createSwitchboard<Own extends object>(options: SwitchboardOptions<Own>): Switchboard<Own> {
  const clock = options.clock ?? Date.now;
  const start = () => merged(options, {}, undefined, options.initial ?? {});
  let state = start();
  const initial = state.own;
  const eachFault = <T>(value: (fault: ArmedFault) => T): Record<string, T> =>
    Object.fromEntries([...state.faults].map(([name, fault]) => [name, value(fault)]));
  return {
    own: () => state.own,
    read: () => ({ ...state.own, faults: eachFault(({ rule }) => rule) }),
    merge: (patch) => {
      state = merged(options, initial, state, patch);
    },
    reset: () => {
      state = start();
    },
    strike: (operation) => struckBy(state.faults.values(), operation, clock()),
    faultCounts: () =>
      eachFault((fault) => ({ seen: fault.seen, injected: fault.injected, active: isActive(fault, clock()) })),
  };
}
