/** The answer of `GET /_sandbox/inspect`: the calls that the sandbox received and the credentials of each holder. */
import type { CallLog, CallReport } from '../kit/call-log.ts';
import type { FaultCount, Switchboard } from '../kit/switchboard.ts';
import { vcStatusOf } from './credential-status.ts';
import type { Credential, Holder, Ledger } from './ledger.ts';
import type { ProviderState } from './provider-state.ts';
import type { PublishedKeysReport } from './published-keys.ts';
import type { AirKitSwitches } from './switches.ts';

/** One credential as the inspection shows it; times are ISO 8601. */
interface InspectedCredential {
  readonly coreClaimHash: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly issuedAt: string;
  readonly revokedAt: string | null;
  readonly status: string;
}

/** The credentials of one holder for one program; `issuedEver` counts live and revoked credentials. */
interface InspectedProgram {
  readonly issuedEver: number;
  readonly live: InspectedCredential | null;
  readonly revoked: readonly InspectedCredential[];
}

/** The credentials of one holder, by `credentialId`. */
interface InspectedHolder {
  readonly email: string;
  readonly userUuid: string;
  readonly programs: Readonly<Record<string, InspectedProgram>>;
}

/** The whole inspection. */
export interface Inspection {
  readonly totals: ReturnType<Ledger['totals']>;
  readonly calls: CallReport;
  readonly faults: Readonly<Record<string, FaultCount>>;
  readonly jwks: PublishedKeysReport;
  readonly holders: readonly InspectedHolder[];
}

/** `email` limits the holders to one, `recent` the number of calls with details. */
export interface InspectionQuery {
  readonly email?: string | undefined;
  readonly recent?: number | undefined;
}

function inspectProgram(credentials: readonly Credential[], state: ProviderState): InspectedProgram {
  const now = state.now();
  const shown = credentials.map((credential) => ({
    coreClaimHash: credential.coreClaimHash,
    claims: credential.claims,
    issuedAt: new Date(credential.issuedAt).toISOString(),
    revokedAt: credential.revokedAt === null ? null : new Date(credential.revokedAt).toISOString(),
    status: vcStatusOf(credential, state.switches(), now),
  }));
  return {
    issuedEver: shown.length,
    live: shown.find(({ revokedAt }) => revokedAt === null) ?? null,
    revoked: shown.filter(({ revokedAt }) => revokedAt !== null),
  };
}

function inspectHolder({ email, userUuid, programs }: Holder, state: ProviderState): InspectedHolder {
  const entries = [...programs].map(([credentialId, list]) => [credentialId, inspectProgram(list, state)] as const);
  return { email, userUuid, programs: Object.fromEntries(entries) };
}

/** Reads the query parameters `email` and `recent`. */
export function inspectionQuery(query: URLSearchParams): InspectionQuery {
  const recent = query.get('recent');
  const digits = recent !== null && /^\d{1,6}$/.test(recent);
  return { email: query.get('email') ?? undefined, recent: digits ? Number(recent) : undefined };
}

/** Creates the inspection. */
export function inspect(
  state: ProviderState,
  calls: CallLog,
  switchboard: Switchboard<AirKitSwitches>,
  query: InspectionQuery,
): Inspection {
  const asked = query.email === undefined ? [...state.ledger.holders()] : [state.ledger.holder(query.email)];
  return {
    totals: state.ledger.totals(),
    calls: calls.report(query.recent),
    faults: switchboard.faultCounts(),
    jwks: state.keys.report(),
    holders: asked.filter((holder) => holder !== undefined).map((holder) => inspectHolder(holder, state)),
  };
}
