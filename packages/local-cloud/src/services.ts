/** Starts the embedded services and the servers of API and site, and returns their addresses. */
import type { Server } from 'node:http';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { cannotOpen } from '@issue-on-behalf/files';
import { LoopbackClient } from './aws/loopback-client.ts';
import { type ServiceThread, startServiceThread } from './aws/service-thread.ts';
import { type Services, servicesServer } from './aws/services-server.ts';
import type { Endpoints } from './functions/function-environment.ts';
import type { Access } from './iam/access.ts';
import type { Region } from './iam/calls.ts';
import { answerGate } from './iam/gate.ts';
import { close, listen } from './listening.ts';
import type { StateFolder } from './state-folder.ts';
import { type GatewayParts, httpGateway } from './triggers/http-gateway.ts';
import { type SiteParts, staticSite } from './triggers/static-site.ts';

/** Ports to listen on. Default: any free port. */
export interface Ports {
  api?: number;
  site?: number;
  tables?: number;
  messages?: number;
  services?: number;
}

/** The handlers of requests, available after the plan is carried out; until then requests are refused. */
export interface Behind {
  services?: Services;
  gateway?: GatewayParts;
  site?: SiteParts;
}

/** The region and account of the services, and the permissions in them. */
export interface Jurisdiction {
  place: Region;
  access: Access;
}

/** The running services. */
export interface RunningServices {
  client: LoopbackClient;
  messages: ServiceThread;
  endpoints: Endpoints;
  apiOrigin: string;
  siteOrigin: string;
}

/** Failures outside of any request. */
export interface Alarm {
  onError: (error: unknown) => void;
  onCrash: (error: Error) => void;
}

/** Damage of a folder may be detected only when the service first reads it. */
function crashOn(path: string, { onCrash }: Alarm): (error: Error) => void {
  return (error) => {
    const { cause } = error;
    const reason = cause instanceof Error ? cause.message : error.message;
    const advice = `if ${path} is damaged, restore it, or remove it and lose what it holds`;
    onCrash(new Error(`${error.message} (${reason}): ${advice}`, { cause: error }));
  };
}

async function startThreads(
  folder: StateFolder,
  ports: Ports,
  { place, access }: Jurisdiction,
  alarm: Alarm,
  cleanup: AsyncDisposableStack,
) {
  const permissions = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    answerGate(port1, access, alarm.onError);
    cleanup.defer(() => port1.close());
    return port2;
  };
  const started = await Promise.allSettled([
    startServiceThread(
      'the table service',
      new URL('./aws/tables-thread.ts', import.meta.url),
      { path: folder.tables, port: ports.tables ?? 0, place },
      crashOn(folder.tables, alarm),
      permissions(),
    ),
    startServiceThread(
      'the queue service',
      new URL('./aws/messages-thread.ts', import.meta.url),
      { folder: folder.messages, port: ports.messages ?? 0, place },
      crashOn(folder.messages, alarm),
      permissions(),
    ),
  ]);
  for (const one of started) if (one.status === 'fulfilled') cleanup.defer(() => one.value.stop());
  const [tables, messages] = started;
  if (tables.status === 'rejected') throw cannotOpen(folder.tables, tables.reason);
  if (messages.status === 'rejected') throw cannotOpen(folder.messages, messages.reason);
  return { tables: tables.value, messages: messages.value };
}

function unavailable(): never {
  throw new Error('the local run is still starting');
}

/** Starts everything that listens. */
export async function startServices(
  folder: StateFolder,
  ports: Ports,
  jurisdiction: Jurisdiction,
  behind: Behind,
  alarm: Alarm,
  cleanup: AsyncDisposableStack,
): Promise<RunningServices> {
  const client = new LoopbackClient();
  cleanup.defer(() => client.close());
  const { tables, messages } = await startThreads(folder, ports, jurisdiction, alarm, cleanup);
  const open = (server: Server, port = 0): Promise<string> => {
    cleanup.defer(() => close(server));
    return listen(server, port);
  };
  const services = await open(
    servicesServer(() => behind.services ?? unavailable(), alarm.onError),
    ports.services,
  );
  const siteOrigin = await open(
    staticSite(() => behind.site),
    ports.site,
  );
  const apiOrigin = await open(
    httpGateway(() => behind.gateway),
    ports.api,
  );
  const endpoints = { tables: tables.origin, messages: messages.origin, services };
  return { client, messages, endpoints, apiOrigin, siteOrigin };
}
