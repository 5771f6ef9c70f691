/** The rules of the protocol, broken one at a time: what each is there for shows in the trace it leads to. */
import { leaseVerdict } from '../../lib/issuance/lease-rule.ts';
import { productRules, type Rules } from './rules.ts';

export const breaches = {
  /** A lost call is asked about at once. */
  'no-settling': { settling: 0 },
  /** The settling time forgets that a call can be cut off right after it was sent. */
  'settling-too-short': { settling: productRules.settling - 1 },
  /** Any worker takes any slot at any time. */
  'no-lease': { leaseVerdict: () => 'free' as const },
  /** A slot is free as soon as its lease is, whatever has become of the last owner. */
  'no-occupied-slots': { leaseVerdict: (slot, issuance, _, now) => leaseVerdict(slot, issuance, undefined, now) },
  /** Records are written without a condition: no sequence, no status, no fencing token. */
  'no-fencing': { mayReplace: () => true },
  /** The last owner's slow worker may begin after the slot has changed hands. */
  'no-shutting-out': { shutsOut: false },
  /** A worker calls the provider although its lease has run out: no fencing token reaches the provider. */
  'calls-after-lease': { callsAfterLease: true },
} as const satisfies Record<string, Partial<Rules>>;

export type BreachName = keyof typeof breaches;

export function isBreach(name: string): name is BreachName {
  return Object.hasOwn(breaches, name);
}
