/** What IAM is asked about: an action on a resource. */
import type { Caller } from './callers.ts';
import type { Context } from './engine.ts';

/** One action on one resource, with the condition keys that only this call has. */
export interface Call {
  action: string;
  resource: string;
  context?: Context;
}

/** A call that was made, as the recorder writes it. */
export interface MadeCall extends Call {
  caller: Caller;
}

/** Where ARNs are. */
export interface Region {
  region: string;
  account: string;
}

/** An ARN in the region and account of the local run; an ARN stays as it is. */
export function arnIn({ region, account }: Region, service: string, rest: string): string {
  return rest.startsWith('arn:') ? rest : `arn:aws:${service}:${region}:${account}:${rest}`;
}
