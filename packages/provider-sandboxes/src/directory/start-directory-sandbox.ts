/** A local replacement for a business's own directory, which can be made to fail like the sandboxes of the providers. */
import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type CallReport, createCallLog } from '../kit/call-log.ts';
import type { Operation, SandboxRequest } from '../kit/operation.ts';
import { Refusal } from '../kit/refusal.ts';
import { startSandboxServer } from '../kit/sandbox-server.ts';
import { switchboardFor } from '../kit/settings.ts';
import type { Switchboard } from '../kit/switchboard.ts';

const switchesSchema = z.strictObject({
  /** Addresses by the customer's key; null if the directory has no address. */
  customers: z.record(z.string(), z.string().nullable()),
});

type DirectorySwitches = z.output<typeof switchesSchema>;

/** Port 0 selects any free port. */
export interface DirectorySandboxOptions extends DirectorySwitches {
  readonly port?: number;
  /** The bearer token that a caller must send. */
  readonly token: string;
}

export interface DirectorySandbox {
  readonly origin: string;
  readonly switchboard: Switchboard<DirectorySwitches>;
  /** The calls, without keys and addresses. */
  calls(): CallReport;
  close(): Promise<void>;
}

const errorReply = (status: number, message: string) => ({ status, json: { message } });

function authenticate({ headers }: SandboxRequest, token: string): void {
  const [given, wanted] = [headers.authorization ?? '', `Bearer ${token}`].map((text) => Buffer.from(text));
  const isSame = given !== undefined && wanted !== undefined && given.length === wanted.length;
  if (!isSame || !timingSafeEqual(given, wanted)) throw new Refusal(401, 'the bearer token is missing or unknown');
}

function findCustomer(token: string, switchboard: Switchboard<DirectorySwitches>): Operation {
  return {
    name: 'find',
    method: 'GET',
    path: '/customers/:key',
    handle(received) {
      authenticate(received, token);
      const { key = '' } = received.params;
      const { customers } = switchboard.own();
      if (!Object.hasOwn(customers, key)) throw new Refusal(404, 'there is no such customer');
      return { status: 200, json: { id: key, contact: { email: customers[key] } } };
    },
  };
}

/** Starts the sandbox: `GET /customers/{key}`. Rejects if the port is in use. */
export async function startDirectorySandbox(options: DirectorySandboxOptions): Promise<DirectorySandbox> {
  const { port = 0, token, customers } = options;
  const switchboard = switchboardFor({ schema: switchesSchema, operations: ['find'], initial: { customers } });
  const calls = createCallLog();
  const server = await startSandboxServer({
    name: 'directory',
    host: '127.0.0.1',
    port,
    operations: [findCustomer(token, switchboard)],
    switchboard,
    calls,
    errorReply,
    inspect: () => ({ calls: calls.report() }),
  });
  return { origin: server.origin, switchboard, calls: () => calls.report(), close: () => server.close() };
}
