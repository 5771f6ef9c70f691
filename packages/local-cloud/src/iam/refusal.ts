/** The refusal of a call: what AWS answers, and the line for the person in front of the local run. */
import type { AccessPlan } from '../template/plan-access.ts';
import { type Caller, principalOf } from './callers.ts';
import type { MadeCall } from './calls.ts';
import type { Verdict } from './engine.ts';

/** The message is AWS's, with principal, action and resource. */
export interface Refusal {
  action: string;
  resource: string;
  message: string;
}

function why(caller: Caller, verdict: Verdict): string {
  if (verdict === 'denied') return 'with an explicit deny in a policy';
  const kind = caller.kind === 'role' || caller.kind === 'user' ? 'identity-based' : 'resource-based';
  return `because no ${kind} policy allows the action`;
}

/** AWS's answer. */
export function refusalOf({ caller, action, resource }: MadeCall, verdict: Verdict, plan: AccessPlan): Refusal {
  const user = principalOf(caller, plan.account) ?? 'anonymous';
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${why(caller, verdict)}`;
  return { action, resource, message };
}

function describe(caller: Caller): string {
  if (caller.kind === 'role') return `${caller.session}, under its role ${caller.roleArn.split('/').at(-1)},`;
  if (caller.kind === 'service') return caller.name;
  return caller.kind === 'user' ? `the identity ${caller.keyId}` : 'a caller without a signature';
}

function lack({ caller, resource }: MadeCall, verdict: Verdict): string {
  if (verdict === 'denied') return 'a policy denies it';
  if (caller.kind === 'role') return 'no policy of the role allows it';
  return caller.kind === 'user' ? 'no policy of the identity allows it' : `the policy of ${resource} does not allow it`;
}

/** Who lacks which permission, in one line. */
export function deniedLine(call: MadeCall, verdict: Verdict): string {
  return `Access denied: ${describe(call.caller)} may not ${call.action} on ${call.resource}: ${lack(call, verdict)}`;
}
