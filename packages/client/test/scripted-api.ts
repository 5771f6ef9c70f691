/** An API that answers as a script says, and a clock that only the client's own pauses move. */
import { type ClientSettings, type IssueOnBehalf, issueOnBehalf, type Timing } from '../src/index.ts';

/** An answer, an error of the network, or something to do with the request first. */
export type Step = Response | Error | ((request: Request) => Promise<Response>);

export interface Scripted {
  client: IssueOnBehalf;
  requests: Request[];
  /** What the client waited, in milliseconds. */
  pauses: number[];
}

export const id = `iss_${'a'.repeat(27)}`;
export const request = {
  program: 'kyc',
  holder: 'ada@example.com',
  claims: { kycVerified: true },
  occurredAt: '2026-11-20T09:30:00Z',
};

/** The last step is repeated. `random` is 0.5, so that a pause is half of its range. */
export function scripted(steps: Step[], settings: Partial<ClientSettings> = {}): Scripted {
  const requests: Request[] = [];
  const pauses: number[] = [];
  let now = 0;
  const timing: Timing = {
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
  const fetch = async (each: Request) => {
    requests.push(each);
    const step = steps[Math.min(requests.length, steps.length) - 1];
    if (step instanceof Error) throw step;
    return step instanceof Response ? step.clone() : await (step as (request: Request) => Promise<Response>)(each);
  };
  const client = issueOnBehalf({ baseUrl: 'https://api.example.com/', token: 'token', fetch, timing, ...settings });
  return { client, requests, pauses };
}

export function issuance(status: string, more: object = {}): object {
  const at = '2026-11-22T03:50:32.493Z';
  const history = [{ at, status: 'queued' }];
  const times = { occurredAt: at, acceptedAt: at, updatedAt: at };
  return { id, status, program: 'kyc', ...times, attempts: 0, history, ...more };
}

export function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = { type: `urn:issue-on-behalf:problem:${code}`, title: 'A title', status, code, advice: 'Some advice' };
  return json(status, body, { 'content-type': 'application/problem+json', 'x-request-id': 'request-1', ...headers });
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
