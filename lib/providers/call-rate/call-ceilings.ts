/** The ceilings on the calls of an environment's accounts, in front of the `fetch` that every adapter calls its provider with. */
import type { Fetch } from '../../http/connecting-fetch.ts';
import { IssuanceError } from '../../issuance/issuance-error.ts';
import type { Place } from '../../issuance/log-events.ts';
import { AccountCalls } from './account-calls.ts';
import type { CallRatePorts } from './ports.ts';

export interface CallCeilings {
  /** The same fetch, each of whose calls waits for its time. It throws `calls-limited`, and then nothing was sent. */
  limit(account: string, fetch: Fetch): Fetch;
  /** `calls-limited` when a call of this account would not be made soon. */
  heldBack(account: string): Promise<IssuanceError | undefined>;
}

export interface CallCeilingSettings {
  /** The ceiling of each account that has one. */
  accounts: Readonly<Record<string, { callsPerSecond?: number | undefined }>>;
  /** Deadline of a call, its wait included. */
  callMs: number;
  place: Place;
}

/** A call waits for its time for a fifth of its deadline, and for the table for a tenth: the rest is the provider's. */
const [timeShare, tableShare] = [0.2, 0.1];

export function callCeilings({ accounts, callMs, place }: CallCeilingSettings, ports: CallRatePorts): CallCeilings {
  const waits = { maxWaitMs: callMs * timeShare, maxTableMs: callMs * tableShare };
  const limited = new Map(
    Object.entries(accounts).flatMap(([account, { callsPerSecond }]) =>
      callsPerSecond === undefined
        ? []
        : [[account, new AccountCalls({ account, callsPerSecond, ...waits, place }, ports)] as const],
    ),
  );
  return {
    limit(account, fetch) {
      const calls = limited.get(account);
      if (calls === undefined) return fetch;
      return async (url, options) => {
        await calls.next();
        return fetch(url, options);
      };
    },
    async heldBack(account) {
      try {
        await limited.get(account)?.ready();
        return undefined;
      } catch (error) {
        if (error instanceof IssuanceError) return error;
        throw error;
      }
    },
  };
}
