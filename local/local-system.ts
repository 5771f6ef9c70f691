/** The whole product on one machine: the synthesized stacks, the real handlers, and a sandbox of each provider. */
import { join, resolve } from 'node:path';
import { openLineFile } from '@issue-on-behalf/files';
import { type BusEvent, type Cloud, lockFolder, startCloud, synthesize } from '@issue-on-behalf/local-cloud';
import { operatorCommands, operatorKeyId, operatorPolicy } from '../cdk/operator-policies.ts';
import { jwksPath } from '../lib/config/deployed-names.ts';
import type { Environment } from '../lib/config/environment.ts';
import { loadEnvironment } from '../lib/config/load-environment.ts';
import { localToken } from './api-token.ts';
import { startDeliveriesServer } from './deliveries/deliveries-server.ts';
import { deliveriesIn } from './deliveries/delivery.ts';
import { recentDeliveries } from './deliveries/recent-deliveries.ts';
import { writeEndpoints } from './endpoints-file.ts';
import { writeLocalEnvironment } from './local-environment.ts';
import { choosePorts } from './ports.ts';
import { startDirectory } from './sandboxes/directory.ts';
import type { RunningSandbox } from './sandboxes/running-sandbox.ts';
import { startSandboxes, stopSandboxes } from './sandboxes/sandboxes.ts';
import { localSources, type SourceAccess } from './source-access.ts';

export interface LocalSystemOptions {
  /** Port of the API; the JWKS, the sandboxes and the queue use the next ports. 0 selects any free ports. */
  port: number;
  /** Folder with the persistent state: tables, queues, secrets, executions, the sandboxes' state. */
  stateDir: string;
  /** Called with the progress of the start. */
  onProgress?(line: string): void;
  onEvent?(event: BusEvent): void;
  /** Called for failures outside of requests. */
  onTrouble?(line: string): void;
}

export interface LocalSystem {
  apiUrl: string;
  jwksUrl: string;
  /** The queue, for messages of other systems. */
  queueUrl: string;
  /** The address of the sandbox of the directories. */
  directoryUrl: string;
  /** A bearer token of the source `local`. */
  token: string;
  /** The file with the token, for people who use curl. */
  tokenFile: string;
  /** The sources of the environment and their signing secrets, by name. */
  sources: Environment['sources'];
  sourceAccess: ReadonlyMap<string, SourceAccess>;
  /** By account name. */
  sandboxes: ReadonlyMap<string, RunningSandbox>;
  cloud: Cloud;
  stop(): Promise<void>;
}

/** The files on which the synthesized stacks depend. */
const assemblySources = ['cdk', 'functions', 'lib', 'config', 'package-lock.json', 'tsconfig.json'];

/** Starts everything, and stops what it has started if something fails. */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const cleanup = new AsyncDisposableStack();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.disposeAsync().catch(() => undefined);
    throw error;
  }
}

async function start(options: LocalSystemOptions, cleanup: AsyncDisposableStack): Promise<LocalSystem> {
  const stateDir = resolve(options.stateDir);
  cleanup.defer(lockFolder(stateDir));
  const environment = loadEnvironment('local');
  const accounts = Object.keys(environment.accounts).length;
  const [api = 0, site = 0, ...others] = await choosePorts(options.port, 2 + accounts + 2);
  const assemblyDir = await synthesizeLocal(options);
  const messages = others[accounts] ?? 0;
  const jwksUrl = `http://127.0.0.1:${site}/${jwksPath}`;
  const sandboxes = await startSandboxes({ environment, stateDir, jwksUrl }, others);
  cleanup.defer(() => stopSandboxes(sandboxes));
  const directory = await startDirectory(environment.sources, others[accounts + 1] ?? 0);
  cleanup.defer(() => directory.stop());
  const { sources } = directory;
  options.onProgress?.('Starting the embedded services and the functions');
  const deliveries = recentDeliveries();
  const cloud = await startCloud({
    assemblyDir,
    stateDir: join(stateDir, 'cloud'),
    ports: { api, site, messages },
    variables: { ENVIRONMENT_FILE: writeLocalEnvironment({ ...environment, sources }, sandboxes, stateDir) },
    identities: operators,
    onEvent: keepEvents(options, stateDir, cleanup),
    onInvocation: (one) => deliveriesIn(one, environment.sources).forEach(deliveries.add),
    ...(options.onTrouble && { onLog: options.onTrouble }),
  });
  cleanup.defer(() => cloud.stop());
  const secrets = Object.fromEntries([...sandboxes].map(([account, { secret }]) => [account, secret]));
  const entries = { ...secrets, ...directory.secrets };
  cloud.secrets.put(cloud.outputs['ProviderAccountsSecretArn'] ?? '', JSON.stringify(entries));
  const queueUrl = cloud.outputs['QueueUrl'] ?? '';
  const access = localToken(cloud, stateDir);
  const stream = await startDeliveriesServer(deliveries, access.token);
  cleanup.defer(() => stream.close());
  writeEndpoints(cloud, { region: environment.region, deliveries: stream.url }, stateDir);
  const sourceAccess = localSources(cloud, sources, stateDir);
  const stop = () => cleanup.disposeAsync();
  const reached = { apiUrl: cloud.apiUrl, jwksUrl, queueUrl, directoryUrl: directory.origin };
  return { ...reached, ...access, sources, sourceAccess, sandboxes, cloud, stop };
}

/** Each of the operators' commands may do what its policy allows, as in AWS. */
function operators(outputs: Record<string, string>) {
  return Object.fromEntries(
    operatorCommands.map((one) => [operatorKeyId(one), operatorPolicy(one, 'local', (name) => outputs[name] ?? '')]),
  );
}

/** Every event is written to the state folder before it is passed on. */
function keepEvents(
  { onEvent }: LocalSystemOptions,
  stateDir: string,
  cleanup: AsyncDisposableStack,
): (event: BusEvent) => void {
  const file = openLineFile(join(stateDir, 'events.jsonl'));
  cleanup.defer(() => file.close());
  return (event) => {
    file.append(JSON.stringify(event));
    onEvent?.(event);
  };
}

async function synthesizeLocal({ onProgress }: LocalSystemOptions): Promise<string> {
  onProgress?.('Synthesizing the stacks of the environment "local"');
  const outDir = join('build', 'local-assembly');
  const { assemblyDir, cached } = await synthesize({
    app: 'cdk/app.ts',
    context: { environment: 'local' },
    outDir,
    cacheKeyFiles: assemblySources,
  });
  if (cached) onProgress?.('No source has changed: the last synthesis is used again');
  return assemblyDir;
}
