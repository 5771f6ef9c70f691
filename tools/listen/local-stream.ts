/** The stream of received events of the running local system; it is opened again when the system is started again. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Delivery } from '../../local/deliveries/delivery.ts';
import { UsageError } from '../command-line/usage-error.ts';

export interface LocalStream {
  source: string;
  /** State folder of the local system. */
  state: string;
  /** Ends the stream. */
  signal: AbortSignal;
  /** Called when the local system has ended, and when it is there again. */
  onConnection(connected: boolean): void;
}

const endpointsFile = z.object({ deliveries: z.url() });
const delivery = z.object({
  id: z.string(),
  at: z.string(),
  source: z.string(),
  by: z.enum(['webhook', 'message']),
  headers: z.record(z.string(), z.string()),
  body: z.base64(),
  answer: z.optional(z.object({ status: z.number(), body: z.string() })),
});

const againMs = 1000;

/** Each event once, the earlier ones first. Throws UsageError if the local system does not run at the beginning. */
export async function* localDeliveries(stream: LocalStream): AsyncGenerator<Delivery> {
  const known = new Set<string>();
  let connected = false;
  for (let first = true; !stream.signal.aborted; first = false) {
    const response = await connect(stream, first);
    if (response !== undefined) {
      if (!first) stream.onConnection(true);
      connected = true;
      for await (const line of linesOf(response)) {
        const one = delivery.parse(JSON.parse(line)) as Delivery;
        if (!known.has(one.id)) yield one;
        known.add(one.id);
      }
    }
    if (connected && !stream.signal.aborted) stream.onConnection(false);
    connected = false;
    await sleep(againMs, undefined, { signal: stream.signal }).catch(() => undefined);
  }
}

async function connect({ state, source, signal }: LocalStream, first: boolean): Promise<Response | undefined> {
  try {
    const { url, token } = endpointIn(state);
    const target = `${url}?${new URLSearchParams({ source })}`;
    const response = await fetch(target, { headers: { authorization: `Bearer ${token}` }, signal });
    if (response.ok) return response;
    throw new UsageError(`The local system refused the token in ${join(state, 'api-token')}`);
  } catch (error) {
    if (first && !signal.aborted) throw error instanceof UsageError ? error : notRunning(state);
    return undefined;
  }
}

function endpointIn(state: string): { url: string; token: string } {
  const [endpoints, tokenFile] = [join(state, 'endpoints.json'), join(state, 'api-token')];
  if (!existsSync(endpoints) || !existsSync(tokenFile)) throw notRunning(state);
  const { deliveries: url } = endpointsFile.parse(JSON.parse(readFileSync(endpoints, 'utf8')));
  return { url, token: readFileSync(tokenFile, 'utf8') };
}

function notRunning(state: string): UsageError {
  return new UsageError(
    `No local system runs with the state folder ${state}: start it with npm start (--state names its folder)`,
  );
}

/** Without empty lines, which only keep the connection open. Ends when the connection does. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
    }
  } catch {
    // The local system has ended, or this command is ending.
  }
}
