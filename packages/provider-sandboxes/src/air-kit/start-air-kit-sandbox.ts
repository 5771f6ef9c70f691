/** A local replacement for AIR Kit with the checks of the real provider. */
import { type CallLog, createCallLog } from '../kit/call-log.ts';
import type { Operation, Reply } from '../kit/operation.ts';
import { type SandboxServer, startSandboxServer } from '../kit/sandbox-server.ts';
import { switchboardFor } from '../kit/settings.ts';
import type { Switchboard } from '../kit/switchboard.ts';
import { errorReply } from './error-reply.ts';
import { type Inspection, type InspectionQuery, inspect, inspectionQuery } from './inspection.ts';
import { issueOperation } from './issue-operation.ts';
import { openLedger } from './ledger.ts';
import type { ProviderState } from './provider-state.ts';
import { createPublishedKeys } from './published-keys.ts';
import { parseSettings, type Settings, type SettingsInput } from './settings.ts';
import { statusOperation } from './status-operation.ts';
import { createSubjectCheck } from './subject-check.ts';
import { type AirKitSwitches, initialSwitches, switchesSchema } from './switches.ts';

/** The options; port 0 selects any free port, `clock` is in ms since the epoch. */
export interface AirKitSandboxOptions extends SettingsInput {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly stateFile?: string | undefined;
  readonly clock?: (() => number) | undefined;
}

/** A running sandbox; `url` is the base address for clients, `origin` that of `/_sandbox/`. */
export interface AirKitSandbox {
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly switchboard: Switchboard<AirKitSwitches>;
  inspect(query?: InspectionQuery): Inspection;
  close(): Promise<void>;
}

function programsOf(settings: Settings): ProviderState['programs'] {
  return new Map(
    settings.programs.map((program) => [
      program.credentialId,
      { ...program, check: createSubjectCheck(program.schema) },
    ]),
  );
}

async function listen(
  state: ProviderState,
  switchboard: Switchboard<AirKitSwitches>,
  calls: CallLog,
  options: AirKitSandboxOptions,
): Promise<SandboxServer> {
  // If the provider's clock is wrong, its Date header is wrong too.
  const dated = (reply: Reply): Reply => ({ ...reply, headers: { date: new Date(state.now()).toUTCString() } });
  const withDate = (operation: Operation): Operation => ({
    ...operation,
    handle: async (request) => dated(await operation.handle(request)),
  });
  return await startSandboxServer({
    name: 'air-kit',
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    switchboard,
    calls,
    errorReply: (status, message) => dated(errorReply(status, message)),
    operations: [issueOperation(state), statusOperation(state)].map(withDate),
    inspect: (query) => inspect(state, calls, switchboard, inspectionQuery(query)),
  });
}

/** Starts the sandbox; rejects with a SettingsError if the options are wrong, and if the port is in use. */
export async function startAirKitSandbox(options: AirKitSandboxOptions): Promise<AirKitSandbox> {
  const { port: _port, host: _host, stateFile, clock = Date.now, ...input } = options;
  const settings = parseSettings(input);
  const switchboard = switchboardFor({
    schema: switchesSchema,
    operations: ['issue', 'status'],
    initial: initialSwitches(settings),
  });
  const own = () => switchboard.own();
  const state: ProviderState = {
    partnerId: settings.partner.partnerId,
    programs: programsOf(settings),
    keys: createPublishedKeys({ url: settings.partner.jwksUrl, cacheRules: own }),
    ledger: openLedger(stateFile),
    switches: own,
    now: () => clock() + own().clockOffsetMs,
  };
  const calls = createCallLog();
  const server = await listen(state, switchboard, calls, options).catch((error: unknown) => {
    state.ledger.close();
    throw error;
  });
  return {
    url: `${server.origin}/v1`,
    origin: server.origin,
    port: server.port,
    switchboard,
    inspect: (query = {}) => inspect(state, calls, switchboard, query),
    close: async () => {
      await server.close();
      state.ledger.close();
    },
  };
}
