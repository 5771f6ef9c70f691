/** The answer of `GET /_sandbox/inspect`: the calls, the issuances, and the content of each wallet. */
import type { CallLog, CallReport } from '../kit/call-log.ts';
import type { FaultCount, Switchboard } from '../kit/switchboard.ts';
import { type InspectedIssuance, inspectIssuances } from './inspect-issuances.ts';
import { type InspectedWallet, inspectWallet } from './inspect-wallet.ts';
import { issuerDid } from './issuer/issuer-did.ts';
import type { ProviderState } from './provider-state.ts';
import type { CredencoSwitches } from './switches.ts';
import { didDocumentUrl } from './wallet/resolve-did-web.ts';

/** Totals; `discarded` counts credentials that no wallet kept, for any reason. */
interface Totals {
  readonly issuances: number;
  readonly offersMinted: number;
  readonly offersUsed: number;
  readonly credentialsIssued: number;
  readonly revoked: number;
  readonly pushes: number;
  readonly kept: number;
  readonly discarded: number;
  readonly exchanging: number;
  readonly inInbox: number;
}

/** The whole inspection. */
export interface Inspection {
  readonly totals: Totals;
  readonly issuers: readonly { readonly name: string; readonly did: string; readonly didDocument: string }[];
  readonly wallets: readonly InspectedWallet[];
  readonly issuances: readonly InspectedIssuance[];
  readonly calls: CallReport;
  readonly faults: Readonly<Record<string, FaultCount>>;
}

/** `wallet` and `correlationId` limit the answer to one of each, `recent` the number of calls with details. */
export interface InspectionQuery {
  readonly wallet?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly recent?: number | undefined;
}

/** Reads the query parameters `wallet`, `correlation_id` and `recent`. */
export function inspectionQuery(query: URLSearchParams): InspectionQuery {
  const recent = query.get('recent');
  const digits = recent !== null && /^\d{1,6}$/.test(recent);
  return {
    wallet: query.get('wallet') ?? undefined,
    correlationId: query.get('correlation_id') ?? undefined,
    recent: digits ? Number(recent) : undefined,
  };
}

function totalsOf(state: ProviderState): Totals {
  const { offers, wallets } = state.ledger;
  const minted = offers.all();
  const deliveries = wallets.wallets().flatMap((wallet) => wallets.deliveries(wallet));
  const open = deliveries.filter(({ outcome }) => outcome === null);
  return {
    issuances: [...offers.correlationIds()].length,
    offersMinted: minted.length,
    offersUsed: minted.filter(({ redeemedAt }) => redeemedAt !== null).length,
    credentialsIssued: minted.filter(({ issuedAt }) => issuedAt !== null).length,
    revoked: minted.filter(({ revokedAt }) => revokedAt !== null).length,
    pushes: deliveries.length,
    kept: deliveries.filter(({ outcome }) => outcome?.kept === true).length,
    discarded: deliveries.filter(({ outcome }) => outcome?.kept === false).length,
    exchanging: open.filter(({ unattended }) => unattended).length,
    inInbox: open.filter(({ unattended }) => !unattended).length,
  };
}

/** Creates the inspection. */
export function inspect(
  state: ProviderState,
  calls: CallLog,
  switchboard: Switchboard<CredencoSwitches>,
  { wallet, correlationId, recent }: InspectionQuery,
): Inspection {
  const wallets = state.ledger.wallets.wallets().filter((key) => wallet === undefined || key === wallet);
  return {
    totals: totalsOf(state),
    issuers: state.issuers.map((name) => {
      const did = issuerDid(state.origin(), name);
      return { name, did, didDocument: didDocumentUrl(did) };
    }),
    wallets: wallets.map((key) => inspectWallet(key, state)),
    issuances: inspectIssuances(state, correlationId),
    calls: calls.report(recent),
    faults: switchboard.faultCounts(),
  };
}
