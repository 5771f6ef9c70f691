/** A local replacement for the Credenco Business Wallet: its backend API, an issuer, and wallets. */
import { type CallLog, createCallLog } from '../kit/call-log.ts';
import type { Operation } from '../kit/operation.ts';
import { type SandboxServer, startSandboxServer } from '../kit/sandbox-server.ts';
import { switchboardFor } from '../kit/settings.ts';
import type { Switchboard } from '../kit/switchboard.ts';
import { createBackendAccess } from './api/backend-access.ts';
import { addContact } from './api/trusted-contacts.ts';
import { type Ledger, openLedger } from './books/ledger.ts';
import { createClaimsCheck } from './claims-check.ts';
import { errorReply } from './error-reply.ts';
import { type Inspection, type InspectionQuery, inspect, inspectionQuery } from './inspection.ts';
import { issuerDid } from './issuer/issuer-did.ts';
import { createNonces } from './issuer/nonces.ts';
import { unpublishedKey } from './issuer/sign-credential.ts';
import { providerOperations } from './provider-operations.ts';
import type { ProviderState } from './provider-state.ts';
import { sandboxControls } from './sandbox-controls.ts';
import { parseSettings, type Settings, type SettingsInput } from './settings.ts';
import { type CredencoSwitches, switchesSchema } from './switches.ts';
import { createDeliveries, type Deliveries } from './wallet/deliveries.ts';

/** The options; port 0 selects any free port, `clock` is in ms since the epoch. */
export interface CredencoSandboxOptions extends SettingsInput {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly stateFile?: string | undefined;
  readonly clock?: (() => number) | undefined;
}

/** A running sandbox; `url` is the base address for clients, the same as `origin`. */
export interface CredencoSandbox {
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly switchboard: Switchboard<CredencoSwitches>;
  inspect(query?: InspectionQuery): Inspection;
  close(): Promise<void>;
}

/** The contacts of the settings; existing contacts stay unchanged, because the API may have changed them. */
function seedContacts(settings: Settings, state: ProviderState): void {
  for (const { externalKey, trustedContacts } of settings.wallets) {
    for (const { did, issuer, name, directIssueAllowed } of trustedContacts) {
      const known = did ?? issuerDid(state.origin(), issuer ?? '');
      if (state.ledger.wallets.contact(externalKey, known) !== undefined) continue;
      addContact(state.ledger, externalKey, { did: known, name, directIssueAllowed }, state.now());
    }
  }
}

async function ledgerFor(settings: Settings, stateFile: string | undefined): Promise<Ledger> {
  const wallets = settings.wallets.map(({ externalKey }) => externalKey);
  const issuers = settings.issuers.map((name) => `issuer:${name}`);
  const owners = [...issuers, unpublishedKey, ...wallets.map((key) => `holder:${key}`)];
  return await openLedger({ stateFile, wallets, owners });
}

interface Prepared {
  readonly state: ProviderState;
  readonly deliveries: Deliveries;
  readonly operations: readonly Operation[];
  readonly switchboard: Switchboard<CredencoSwitches>;
  setOrigin(origin: string): void;
}

/** The DIDs and addresses name the port, which is only known once the server listens. */
function prepare(settings: Settings, ledger: Ledger, clock: () => number): Prepared {
  const late: { origin?: string; switchboard?: Switchboard<CredencoSwitches> } = {};
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the sandbox has not started yet');
    return value;
  };
  const state: ProviderState = {
    templates: new Map(
      settings.templates.map((template) => [
        template.templateId,
        { ...template, check: createClaimsCheck(template.schema) },
      ]),
    ),
    issuers: settings.issuers,
    ledger,
    backend: createBackendAccess(settings.backend),
    nonces: createNonces(),
    origin: () => known(late.origin),
    switches: () => known(late.switchboard).own(),
    now: clock,
  };
  const deliveries = createDeliveries(state);
  const operations = providerOperations(state, deliveries);
  const names = [...new Set(operations.map(({ name }) => name))];
  const switchboard = switchboardFor({ schema: switchesSchema, operations: names, initial: settings.switches });
  late.switchboard = switchboard;
  return {
    state,
    deliveries,
    operations,
    switchboard,
    setOrigin: (origin) => {
      late.origin = origin;
    },
  };
}

async function listen(
  { state, deliveries, operations, switchboard }: Prepared,
  calls: CallLog,
  options: CredencoSandboxOptions,
): Promise<SandboxServer> {
  return await startSandboxServer({
    name: 'credenco',
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    switchboard,
    calls,
    errorReply,
    operations,
    ownControls: sandboxControls(state, deliveries),
    inspect: (query) => inspect(state, calls, switchboard, inspectionQuery(query)),
  });
}

/** Starts the sandbox; rejects with a SettingsError if the options are wrong, and if the port is in use. */
export async function startCredencoSandbox(options: CredencoSandboxOptions): Promise<CredencoSandbox> {
  const { port: _port, host: _host, stateFile, clock = Date.now, ...input } = options;
  const settings = parseSettings(input);
  const ledger = await ledgerFor(settings, stateFile);
  const calls = createCallLog();
  try {
    const prepared = prepare(settings, ledger, clock);
    const { state, deliveries, switchboard } = prepared;
    const { origin, port, close } = await listen(prepared, calls, options);
    prepared.setOrigin(origin);
    seedContacts(settings, state);
    deliveries.resume();
    return {
      url: origin,
      origin,
      port,
      switchboard,
      inspect: (query = {}) => inspect(state, calls, switchboard, query),
      close: async () => {
        await deliveries.close();
        await close();
        ledger.close();
      },
    };
  } catch (error) {
    ledger.close();
    throw error;
  }
}
