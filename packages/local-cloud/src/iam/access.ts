/** Checks every call of a local run, once for each caller, action, resource and relevant context. */
import type { AccessPlan } from '../template/plan-access.ts';
import type { FunctionPlan } from '../template/plan-functions.ts';
import { type Caller, functionWithKey } from './callers.ts';
import type { Call, MadeCall } from './calls.ts';
import { checkConditionKeys, relevantContext } from './condition-keys.ts';
import { decide, type Identities } from './decide.ts';
import type { Verdict } from './engine.ts';
import { keyCallsOf } from './key-calls.ts';
import { deniedLine, type Refusal, refusalOf } from './refusal.ts';

/** The listeners of the checks. */
export interface AccessOptions {
  identities: Identities;
  /** Called once for each call that is refused, with one line. */
  onDenied: (line: string) => void;
  /** Called once for each call that is allowed. */
  onCall: (call: MadeCall) => void;
}

// Names of executions and messages are part of some resources: a run of days must not fill the memory.
const mostVerdicts = 20_000;

/** The permissions of a local run. */
export class Access {
  readonly #plan: AccessPlan;
  readonly #roles: Map<string, string>;
  readonly #options: AccessOptions;
  readonly #keys: ReadonlySet<string>;
  readonly #verdicts = new Map<string, Promise<Verdict>>();

  constructor(plan: AccessPlan, functions: FunctionPlan[], options: AccessOptions) {
    this.#plan = plan;
    this.#roles = new Map(functions.map(({ name, roleArn }) => [name, roleArn]));
    this.#options = options;
    this.#keys = checkConditionKeys(plan, options.identities);
  }

  /** The caller with this access key id; a call without one is not signed. */
  callerWith(keyId: string | undefined): Caller {
    if (keyId === undefined) return { kind: 'anonymous' };
    const name = functionWithKey(keyId);
    const roleArn = name === undefined ? undefined : this.#roles.get(name);
    return name === undefined || roleArn === undefined
      ? { kind: 'user', keyId }
      : { kind: 'role', roleArn, session: name };
  }

  /** The first refusal among these calls, and the calls to keys that services make for them; undefined if all are allowed. */
  async refusal(caller: Caller, calls: readonly Call[]): Promise<Refusal | undefined> {
    for (const call of calls) {
      const made: MadeCall = { ...call, caller };
      for (const one of [made, ...keyCallsOf(made, this.#plan)]) {
        const verdict = await this.#verdict(one);
        if (verdict !== 'allowed') return refusalOf(one, verdict, this.#plan);
      }
    }
    return undefined;
  }

  #verdict(call: MadeCall): Promise<Verdict> {
    const context = relevantContext(call.context, this.#keys);
    const key = JSON.stringify([call.caller, call.action, call.resource, context]);
    const known = this.#verdicts.get(key);
    if (known) return known;
    if (this.#verdicts.size >= mostVerdicts) this.#verdicts.clear();
    const verdict = this.#decide({ ...call, context });
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  async #decide(call: MadeCall): Promise<Verdict> {
    const verdict = await decide(call, this.#plan, this.#options.identities);
    if (verdict === 'allowed') this.#options.onCall(call);
    else this.#options.onDenied(deniedLine(call, verdict));
    return verdict;
  }
}
