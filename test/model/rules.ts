/** The rules the model runs under: the product's own, and the bounds of the world around it. */

import type { Attempt } from '../../lib/issuance/issuance.ts';
import { isKind } from '../../lib/issuance/issuance-error.ts';
import { leaseVerdict } from '../../lib/issuance/lease-rule.ts';
import { mayFollow } from '../../lib/issuance/status.ts';
import { mustBeSettled } from '../../lib/submit/doubt.ts';
import { mayReplace } from '../fakes/in-memory-issuances.ts';

/** In ticks. A worker or a message may take any time; only these have a bound. */
export const bounds = {
  /** How long a worker waits for an answer. */
  call: 1,
  /** How long after the end of a call the provider may still carry it out. */
  lateness: 1,
  lease: 2,
} as const;

export interface Rules {
  leaseVerdict: typeof leaseVerdict;
  mayFollow: typeof mayFollow;
  mayReplace: typeof mayReplace;
  /** Whether calls of this attempt may still be carried out, so that nobody may ask about them or take the slot. */
  isSettling: (attempt: Attempt | undefined, now: string) => boolean;
  /** How long that is after the end of the last one, in ticks. */
  settling: number;
  /** Whether a call may begin after the lease has run out: a worker that the function's time-out does not end. */
  callsAfterLease: boolean;
  /** Whether who takes a slot over keeps the last owner's slow worker from beginning. */
  shutsOut: boolean;
  /** Whether an operator may retry what ended `failed` or `uncertain`, once. */
  operator: boolean;
}

export const productRules: Rules = {
  leaseVerdict,
  mayFollow,
  mayReplace,
  isSettling,
  settling: bounds.call + bounds.lateness,
  callsAfterLease: false,
  shutsOut: true,
  operator: false,
};

function isSettling(attempt: Attempt | undefined, now: string): boolean {
  try {
    mustBeSettled(attempt, new Date(now));
    return false;
  } catch (error) {
    if (isKind(error, 'retry-later')) return true;
    throw error;
  }
}
